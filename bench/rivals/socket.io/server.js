// A room server on socket.io: node server.js PORT. Rooms exist once somebody joins them, and any login is taken.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http)
const lastIds = new Map()

function nextId(room) {
  const id = (lastIds.get(room) ?? 0) + 1
  lastIds.set(room, id)
  return id
}

io.of('/chat').on('connection', socket => {
  const author = socket.handshake.query.user

  socket.on('join', async (room, ack) => {
    await socket.join(room)
    ack(room)
  })

  socket.on('msg', (room, textMessage, ack) => {
    const id = nextId(room)
    socket.nsp.to(room).emit('msg', room, { textMessage, author, timestamp: Date.now(), id })
    ack(id)
  })
})

http.listen(Number(process.argv[2]), '127.0.0.1')

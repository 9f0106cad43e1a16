// chat-service with its store in memory: node server.js PORT. It has the rooms r0 to r999, and takes any login.
const { createServer } = require('node:http')
const ChatService = require('chat-service')

const http = createServer()

async function onStart (service) {
  for (let i = 0; i < 1000; i++) {
    await service.addRoom(`r${i}`, { owner: 'admin' })
  }
  http.listen(Number(process.argv[2]), '127.0.0.1')
}

async function onConnect (service, id) {
  return service.transport.getHandshakeData(id).query.user
}

const service = new ChatService({ transportOptions: { http } }, { onStart, onConnect })
service.on('closed', error => process.exit(error ? 1 : 0))

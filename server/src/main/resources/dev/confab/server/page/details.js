import { Refusal } from "./errors.js";

/**
 * Reads who is in a room and who runs it.
 *
 * People come and go while the list is on its way, so what was announced meanwhile is applied to it once more.
 *
 * @param {import("./connection.js").Connection} connection
 * @param {import("./conversation.js").Room} room
 */
export async function readDetails(connection, room) {
  const ask = async (command, ...args) => {
    try {
      return await connection.request(command, room.name, ...args);
    } catch (error) {
      if (error instanceof Refusal) {
        return null;
      }
      throw error;
    }
  };
  room.callRoll();
  const [people, notifications, owner, admins, whitelistOnly] = await Promise.all([
    ask("roomGetAccessList", "userlist"),
    ask("roomNotificationsInfo"),
    ask("roomGetOwner"),
    ask("roomGetAccessList", "adminlist"),
    ask("roomGetWhitelistMode"),
  ]);
  room.rollCalled(people ?? []);
  room.announcesPeople = notifications?.enableUserlistUpdates ?? false;
  room.owner = owner;
  room.admins = new Set(admins ?? []);
  room.whitelistOnly = whitelistOnly ?? false;
}

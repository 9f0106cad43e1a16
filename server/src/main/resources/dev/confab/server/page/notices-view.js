import { button, byId, element, hideInFavourOf } from "./dom.js";

const MOST = 4;

/** What belongs to no conversation, one above the other until somebody has read it. */
export class NoticesView {
  #notices = byId("notices");

  show(text) {
    const notice = element("div", { class: "notice" }, element("p", { text, dir: "auto" }));
    notice.append(button("Dismiss", () => dismiss(notice)));
    this.#notices.append(notice);
    while (this.#notices.children.length > MOST) {
      this.#notices.firstElementChild.remove();
    }
  }
}

function dismiss(notice) {
  hideInFavourOf(byId("text"), notice);
  notice.remove();
}

// Live video between the village and the hospital. The server only introduces the two browsers to each other: the hospital's describes itself, the village's
// answers, both through the relay of this installation. What the line does is told in words; when it is too weak, the assessment goes on with evidence.

interface Heard {
  call: string;
  side: "near" | "far";
  round: number;
  ready: boolean;
  offer?: string;
  answer?: string;
  ended: boolean;
  weak: boolean;
  other: string;
  relay?: { urls: string[]; username: string; credential: string };
}

const pause = 1000; // between two looks at the server, in milliseconds
const patience = 25; // looks until a line that does not come up counts as too weak
const weakest = 5; // pictures a second below which nothing can be judged

/** Finds what the page must have. */
function at<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

class Call {
  private heard: Heard | null = null;
  private peer: RTCPeerConnection | null = null;
  private own: MediaStream | null = null;
  private round = -1;
  private said = false;
  private looks = 0;
  private slow = 0;
  private frames = 0;
  private over = false;

  constructor(private readonly room: HTMLElement) {}

  /** Says how it stands, in the words that the page brought along. */
  private tell(state: string): void {
    const text = at("call-" + state).textContent ?? "";
    if (at("call-state").textContent !== text) at("call-state").textContent = text;
    this.room.dataset.state = state;
    at("call-give-up").hidden = !(state === "weak" || state === "broken");
  }

  private post(path: string, body: Record<string, string> | FormData): Promise<Response> {
    return fetch(path, { method: "POST", credentials: "same-origin", body: body instanceof FormData ? body : new URLSearchParams(body) });
  }

  private here(what: string): string {
    return `${this.room.dataset.at}/${this.heard?.call}${what}`;
  }

  /** Asks for the camera, joins, and looks at the server until the call ends. */
  async join(): Promise<void> {
    at("call-join").hidden = true;
    try {
      this.own = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 15 }, audio: true });
    } catch {
      at("call-join").hidden = false;
      return this.tell("camera");
    }
    at<HTMLVideoElement>("call-near").srcObject = this.own;
    const answer = await this.post(this.room.dataset.join ?? "", {}).catch(() => null);
    if (!answer?.ok) return this.tell("refused");
    this.heard = (await answer.json()) as Heard;
    at("call-end").hidden = false;
    this.tell("wait");
    while (!this.over) {
      await this.turn().catch(() => undefined); // the line to the server is down; look again
      await new Promise((done) => window.setTimeout(done, pause));
    }
  }

  /** One look: what has changed, and what is to be done about it. */
  private async turn(): Promise<void> {
    const answer = await fetch(this.here(""), { credentials: "same-origin" });
    if (answer.status === 404) return this.leave("over"); // somebody else took this place
    if (!answer.ok) return;
    const pass = this.heard?.relay;
    const heard = (await answer.json()) as Heard;
    this.heard = { ...heard, relay: pass };
    if (heard.ended) return this.leave("over");
    if (!heard.ready) return this.tell("wait");
    if (heard.other) at("call-other").textContent = heard.other;
    if (heard.round !== this.round) this.begin(heard.round);
    if (heard.side === "far") await this.offer(heard);
    else await this.answer(heard);
    await this.judge();
  }

  /** A new connection for a new round. */
  private begin(round: number): void {
    this.peer?.close();
    this.round = round;
    this.said = false;
    this.looks = this.slow = this.frames = 0;
    const relay = this.heard?.relay;
    const peer = new RTCPeerConnection({ iceServers: relay ? [{ urls: relay.urls, username: relay.username, credential: relay.credential }] : [], iceTransportPolicy: "relay" });
    this.own?.getTracks().forEach((track) => peer.addTrack(track, this.own as MediaStream));
    peer.ontrack = (event) => {
      const video = at<HTMLVideoElement>("call-far");
      if (event.streams[0] && video.srcObject !== event.streams[0]) video.srcObject = event.streams[0];
    };
    this.peer = peer;
    this.tell("dial");
  }

  private async offer(heard: Heard): Promise<void> {
    const peer = this.peer;
    if (!peer) return;
    if (!this.said) {
      this.said = true;
      await peer.setLocalDescription(await peer.createOffer());
      return this.say(peer, heard.round);
    }
    if (heard.answer && peer.signalingState === "have-local-offer") await peer.setRemoteDescription({ type: "answer", sdp: heard.answer });
  }

  private async answer(heard: Heard): Promise<void> {
    const peer = this.peer;
    if (!peer || this.said || !heard.offer) return;
    this.said = true;
    await peer.setRemoteDescription({ type: "offer", sdp: heard.offer });
    await peer.setLocalDescription(await peer.createAnswer());
    await this.say(peer, heard.round);
  }

  /** Tells the other side everything at once, when all ways to this browser are known. */
  private async say(peer: RTCPeerConnection, round: number): Promise<void> {
    await new Promise<void>((done) => {
      const check = (): void => {
        if (peer.iceGatheringState === "complete") done();
      };
      peer.onicegatheringstatechange = check;
      window.setTimeout(done, 5000);
      check();
    });
    const answer = await this.post(this.here("/say"), { round: String(round), sdp: peer.localDescription?.sdp ?? "" });
    if (!answer.ok && peer === this.peer) this.said = false;
  }

  /** Looks at the line: too few pictures for long, or none at all, cannot be judged by. */
  private async judge(): Promise<void> {
    const peer = this.peer;
    if (!peer) return;
    this.looks++;
    if (peer.connectionState !== "connected") {
      if (peer.connectionState === "failed" || this.looks > patience) this.tell("broken");
      return;
    }
    let frames = 0;
    (await peer.getStats()).forEach((report: { type: string; kind?: string; framesDecoded?: number }) => {
      if (report.type === "inbound-rtp" && report.kind === "video") frames += report.framesDecoded ?? 0;
    });
    this.slow = frames - this.frames < weakest ? this.slow + 1 : 0;
    this.frames = frames;
    at("call-shot")?.removeAttribute("hidden");
    if (this.slow > 10) this.tell("weak");
    else if (frames > 0 && this.room.dataset.state !== "kept") this.tell("live");
  }

  /** Keeps the picture of the other side with the case. */
  async shoot(form: HTMLFormElement): Promise<void> {
    const video = at<HTMLVideoElement>("call-far");
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.92));
    if (!picture) return;
    const body = new FormData(form);
    body.append("file", picture, "snapshot.jpg");
    const answer = await this.post(this.here("/snapshot"), body);
    this.tell(answer.ok ? "kept" : "refused");
    if (answer.ok) {
      form.reset();
      window.setTimeout(() => (this.room.dataset.state = "live"), 3000);
    }
  }

  /** Ends the call: held, or given up because the line is too weak. */
  async end(outcome: "held" | "weak"): Promise<void> {
    await this.post(this.here("/end"), { outcome }).catch(() => undefined);
    this.leave("over");
    location.assign(this.room.dataset.then ?? "/");
  }

  private leave(state: string): void {
    this.over = true;
    this.peer?.close();
    this.own?.getTracks().forEach((track) => track.stop());
    at("call-end").hidden = true;
    this.tell(state);
  }
}

const room = document.getElementById("call");
if (room && typeof RTCPeerConnection === "function" && navigator.mediaDevices) {
  room.hidden = false;
  const call = new Call(room);
  at("call-join").addEventListener("click", () => void call.join());
  at("call-end").addEventListener("click", () => void call.end("held"));
  at("call-give-up").addEventListener("click", () => void call.end("weak"));
  document.getElementById("call-shot")?.addEventListener("submit", (event) => {
    event.preventDefault();
    void call.shoot(event.target as HTMLFormElement);
  });
}

"""Another client: follows sync-protocol.md with nothing but the standard library, and is tried on a real server.

Usage: client.py http://127.0.0.1:PORT CODE-FOR-ONE-PERSON CODE-FOR-A-COLLEAGUE
The two must share a team. Prints a line for each thing tried, and "N passed, N failed" at the end.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
import urllib.error
import urllib.request
import uuid


def post(server, path, body, token=None):
    """Sends JSON; gives the status and the JSON that came back."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(server + path, data, headers)) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        assert error.headers.get_content_type() == "application/problem+json", error.headers
        return error.code, json.load(error)


def clocks():
    return {"wall": time.time_ns() // 1_000_000}


def instant():
    seconds, millis = divmod(clocks()["wall"], 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{millis:03}Z"


def new_token():
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def share(record, fields):
    """Section 18.1; `fields` maps a name to an effective time and a value."""
    text = record + "\n"
    for name in sorted(fields):
        eff, value = fields[name]
        if value is not None:
            canonical = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            text += f"{name}\t{eff}\t{canonical}\n"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")


class Device:
    """A device that keeps one space in memory: its base, its pending changes and its cursor."""

    def __init__(self, server, code):
        self.server, self.token, self.deposit_token = server, new_token(), new_token()
        status, answer = self.enrol(code)
        assert status == 201, answer
        assert answer["state"] == "enrolled", answer
        self.device, self.lock = answer["device"], answer["lock"]
        self.user, self.epoch = answer["user"], answer["epoch"]
        self.base, self.collections, self.pending, self.cursor = {}, {}, [], None
        self.next_seq, self.received, self.space = 1, 0, None

    def enrol(self, code, token=None):
        hashed = hashlib.sha256((token or self.token).encode()).hexdigest()
        deposit_hashed = hashlib.sha256(self.deposit_token.encode()).hexdigest()
        # Nothing is recorded here without unlocking, so nothing is ever sealed to this key.
        capture_key = base64.urlsafe_b64encode(b"\x09" + bytes(31)).decode().rstrip("=")
        body = {"protocol": 1, "code": code, "token_sha256": hashed, "deposit_token_sha256": deposit_hashed}
        body |= {"capture_key": capture_key, "platform": "python", "app": "0.1.0"}
        return post(self.server, "/v1/enrolments", body)

    def ask(self, spaces, **more):
        body = {"protocol": 1, "app": "0.1.0", "device": self.device, "clocks": clocks(), "epoch": self.epoch}
        status, answer = post(self.server, "/v1/synchronisations", {**body, **more, "spaces": spaces}, self.token)
        assert status == 200, answer
        return answer

    def change(self, record, values, collection="street_contact", **more):
        """Records a change; what it saw is the base, or its own pending change."""
        base = {}
        for field in values:
            own = [c for c in self.pending if c["record"] == record and field in c["set"]]
            if own:
                base[field] = {"device": self.device, "seq": own[-1]["seq"]}
            elif self.base.get(record, {}).get(field, (None, None))[1] is not None:
                base[field] = self.base[record][field][0]
        change = {"seq": self.next_seq, "collection": collection, "record": record, "set": values, "base": base}
        self.pending.append({**change, "made": clocks(), **more})
        self.next_seq += 1
        return self.pending[-1]

    def contact(self, **values):
        record = str(uuid.uuid4())
        self.change(record, {"created_at": instant(), "created_by": self.user, **values}, new=True)
        return record

    def sync(self, **more):
        """Sends what is pending and reads until there is no more; gives the first answer about the space."""
        first = None
        while True:
            request = {"space": self.space, "changes": self.pending, "received_through": self.received, **more}
            if self.cursor:
                request["cursor"] = self.cursor
            answer = self.ask([request])
            (space,) = answer["spaces"]
            first = first or space
            self.take(space)
            more = {}
            if not space.get("more", False):
                return first

    def take(self, space):
        """Section 23."""
        changes = {change["seq"]: change for change in self.pending}
        for outcome in space.get("outcomes", []):
            change = changes[outcome["seq"]]
            self.pending.remove(change)
            if outcome.get("verdict", "taken") == "taken":
                for field, value in change["set"].items():
                    if field not in outcome.get("lost", []):
                        self.put(change["record"], change["collection"], field, outcome["eff"], value)
        for record in space.get("records", []):
            if record.get("whole"):
                self.base[record["id"]] = {}
            for field, value in record["fields"].items():
                eff = record.get("effs", {}).get(field, record["eff"])
                self.put(record["id"], record["collection"], field, eff, value)
        for removal in space.get("removals", []):
            self.base.pop(removal["id"], None)
        self.received, self.cursor = space["received_through"], space["cursor"]
        if "digest" in space:
            total = sum(share(record, fields) for record, fields in self.base.items()) % 2**128
            check("the digest is that of what was read", f"{total:032x}", space["digest"])

    def put(self, record, collection, field, eff, value):
        fields = self.base.setdefault(record, {})
        self.collections[record] = collection
        if field not in fields or eff >= fields[field][0]:
            fields[field] = (eff, value)

    def value(self, record, field):
        return self.base[record][field][1]


passed, failed = 0, 0


def check(what, actual, expected):
    global passed, failed
    if actual == expected:
        passed += 1
        print(f"ok      {what}")
    else:
        failed += 1
        print(f"FAILED  {what}: {actual!r} instead of {expected!r}")


def join_one_space(ana, bo):
    """Both ask what they may see; they go on in the first team that both can write in."""
    spaces = []
    for device in (ana, bo):
        access = device.ask([])["access"]
        check("the access names the user", access["user"]["id"], device.user)
        spaces.append([s["id"] for s in access["spaces"] if s["kind"] == "team" and s["role"] in ("member", "lead")])
    ana.space = bo.space = next(space for space in spaces[0] if space in spaces[1])
    ana.sync()
    bo.sync()


def a_contact_travels(ana, bo):
    record = ana.contact(headcount=4, note="Bankje bij de school.", **{"topics/school": True})
    ana.change(record, {"note": "Bankje bij de school, praten over “stage”."})
    first, second = ana.sync()["outcomes"]
    check("the first note lost to the second", first.get("lost"), ["note"])
    check("and counts before it", first["eff"] < second["eff"], True)
    bo.sync()
    check("a colleague reads the note", bo.value(record, "note"), "Bankje bij de school, praten over “stage”.")
    return record


def a_conflict_keeps_both(ana, bo, record):
    # A minute earlier, so that a slow machine does not turn the two round.
    a_minute_ago = {"wall": clocks()["wall"] - 60_000}
    ana.change(record, {"note": "Van Ana.", "mood": "calm"}, made=a_minute_ago)
    bo.change(record, {"note": "Van Bo."})
    bo.sync()
    check("the later writer has won", ana.sync()["outcomes"][0].get("lost"), ["note"])
    bo.sync()
    for device in (ana, bo):
        check("both see the later note", device.value(record, "note"), "Van Bo.")
        check("and the other field of the earlier", device.value(record, "mood"), "calm")
        kept = [r for r, c in device.collections.items() if c == "overwritten"]
        kept = [device.value(r, "value") for r in kept if device.value(r, "of")["id"] == record]
        check("and find the note that lost", kept, ["Van Ana."])


def a_quarantined_change_is_mended(ana, record):
    wrong = ana.change(record, {"headcount": 900})["seq"]
    (outcome,) = ana.sync()["outcomes"]
    check("900 people are quarantined", outcome["verdict"], "quarantined")
    check("with the reason", outcome["reason"], {"code": "out_of_range", "field": "headcount"})
    ana.change(record, {"headcount": 9}, instead_of=wrong)
    check("a new change mends it", ana.sync(open=[wrong])["resolved"], [{"seq": wrong, "by": "mended"}])
    check("with its value", ana.value(record, "headcount"), 9)


def numbers_are_kept(ana, record):
    again = ana.change(record, {"note": "Nog eens."})
    outcome = ana.sync()["outcomes"]
    ana.pending.append(again)
    check("a repeated change has the same outcome", ana.sync()["outcomes"], outcome)
    ana.next_seq += 1
    ana.change(record, {"note": "Met een gat ervoor."})
    check("a gap names the number that is expected", ana.sync()["expected"], again["seq"] + 1)
    lost, opaque = again["seq"] + 1, again["seq"] + 3
    entries = [{"seq": lost, "lost": True}, *ana.pending, {"seq": opaque, "opaque": base64.b64encode(b"x").decode()}]
    request = {"space": ana.space, "changes": entries, "received_through": ana.received, "cursor": ana.cursor}
    outcomes = ana.ask([request])["spaces"][0]["outcomes"]
    verdicts = [outcome.get("verdict", "taken") for outcome in outcomes]
    check("lost, taken and opaque", verdicts, ["missing", "taken", "quarantined"])
    check("opaque bytes are unreadable", outcomes[2]["reason"]["code"], "unreadable")
    resolved = ana.ask([{"space": ana.space, "received_through": opaque, "open": [opaque], "discard": [opaque]}])
    check("and can be discarded", resolved["spaces"][0]["resolved"], [{"seq": opaque, "by": "discarded"}])
    ana.sync()
    ana.next_seq = opaque + 1


def a_copied_phone_gets_a_new_identity(ana, record):
    first = {"seq": 1, "collection": "street_contact", "record": record, "set": {"note": "Anders."}, "made": clocks()}
    answer = ana.ask([{"space": ana.space, "changes": [first], "received_through": ana.received}])
    check("the same number with another content gives a new identity", answer.get("identity") not in (None, ana.device), True)
    check("and nothing else", answer.get("spaces", []), [])
    ana.device, ana.next_seq, ana.received = answer["identity"], 1, 0
    ana.change(record, {"note": "Onder een nieuwe naam."})
    check("under which the device goes on", ana.sync()["outcomes"][0]["seq"], 1)


def the_next_token_is_announced_and_then_used(server, bo):
    first, token = bo.token, new_token()
    announced = hashlib.sha256(token.encode()).hexdigest()
    check("a next token is announced with the present one", "epoch" in bo.ask([], next_token_sha256=announced), True)
    bo.token = token
    check("and then used", "epoch" in bo.ask([]), True)
    bo.token = first
    check("also for what was under way", "epoch" in bo.ask([]), True)
    bo.token = token


def a_deposit_token_only_hands_in(server, ana):
    deposits, nothing = "/v1/deposits", {"protocol": 1, "app": "0.1.0", "clocks": clocks()}
    covers = {"device": ana.lock, "space": ana.space, "from": 1, "through": 2}
    status, answer = post(server, deposits, {**nothing, "covers": [covers]}, ana.deposit_token)
    check("numbers of which nothing is left are received", status, 200)
    expected = {"device": ana.lock, "space": ana.space, "received_through": 2, "durable_through": 0}
    check("and answered with numbers only", answer["streams"], [expected])
    status, answer = post(server, "/v1/synchronisations", {}, ana.deposit_token)
    check("a deposit token reads nothing", (status, answer["code"]), (401, "not_enrolled"))
    status, answer = post(server, deposits, nothing, ana.token)
    check("and a sync token hands nothing in", (status, answer["code"]), (401, "not_enrolled"))


def a_lease_has_its_form(ana):
    answer = ana.ask([])
    lease, signature = answer["lease"].split(".")
    decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    lease = json.loads(decode(lease))
    check("a lease is this device's", (lease["version"], lease["device"]), (1, ana.device))
    check("and signed", len(decode(signature)), 64)
    again = ana.ask([], lease=answer["server_time"], keys=answer["keys"]["tag"])
    check("one that is new is not sent again, nor are the keys", ("lease" in again, "keys" in again), (False, False))


def errors_are_problems(server, ana):
    sync = "/v1/synchronisations"
    for what, answer, expected in [
        ("a wrong code", ana.enrol("0000-0000-0000"), (403, "code_not_valid")),
        ("no token", post(server, sync, {}), (401, "not_enrolled")),
        ("an unknown token", post(server, sync, {}, "x" * 43), (401, "not_enrolled")),
        ("no JSON", post(server, sync, b"{", ana.token), (400, "malformed")),
        ("another path", post(server, "/v1/elsewhere", {}), (404, "not_found")),
    ]:
        check(f"{what} is answered as a problem", (answer[0], answer[1]["code"]), expected)


def main(server, one_code, other_code):
    ana, bo = Device(server, one_code), Device(server, other_code)
    check("asked again, because the answer was lost, a device finds itself", ana.enrol(one_code)[1]["device"], ana.device)
    check("for another device the code is used", ana.enrol(one_code, new_token())[1]["code"], "code_not_valid")
    join_one_space(ana, bo)
    record = a_contact_travels(ana, bo)
    a_conflict_keeps_both(ana, bo, record)
    a_quarantined_change_is_mended(ana, record)
    numbers_are_kept(ana, record)
    a_deposit_token_only_hands_in(server, ana)
    a_copied_phone_gets_a_new_identity(ana, record)
    a_lease_has_its_form(ana)
    the_next_token_is_announced_and_then_used(server, bo)
    bo.sync()
    check("the colleague ends with the same", bo.base, ana.base)
    errors_are_problems(server, ana)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

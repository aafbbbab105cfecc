package strangers

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// on is true once the page of the path has loaded and the field has the
// focus, as it should have by itself.
func on(path, field string) string {
	return `document.readyState=="complete" && location.pathname=="` + path + `" && document.activeElement.id=="` + field + `"`
}

const signedIn = `document.body.innerText.includes("You are signed in")`

func TestARealBrowserSignsInByKeyboardAlone(t *testing.T) {
	h, b := newHome(t), newBrowser(t)
	address, ended := h.login()
	b.open(address)
	b.until(on("/login", "username"))
	b.write("underwriter@example.com")
	b.press("Tab")
	b.write(localpool.DemoPassword)
	b.press("Enter")
	b.until(signedIn)

	said, err := ended()
	if err != nil || !strings.Contains(said, "Signed in as underwriter@example.com. Groups: Underwriters.") {
		t.Errorf("login: %v, %q", err, said)
	}
	if at := b.ask("location.href"); strings.Contains(at, "code=") || strings.Contains(at, "state=") {
		t.Errorf("L-14: the code is still in the address bar: %s", at)
	}
	if old := slices.IndexFunc(b.visited(), func(u string) bool { return strings.Contains(u, "code=") }); old >= 0 {
		t.Errorf("L-14: the code is in the history: %s", b.visited()[old])
	}
	if b.ask("document.querySelector('[role=status] h1').innerText") != "You are signed in" {
		t.Error("the success page does not announce itself")
	}
	want := map[string]string{"home": "open", "plotting": "open", "mapping": "no_group", "dataframe": "open"}
	if got := h.access(); len(got) != 4 || !sameAccess(got, want) {
		t.Errorf("pages: %v", got)
	}
}

// access is what `tabgate pages --json` says of each page.
func (h *home) access() map[string]string {
	h.t.Helper()
	var pages []struct{ ID, Access string }
	if err := json.Unmarshal([]byte(h.run("pages", "--json")), &pages); err != nil {
		h.t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range pages {
		got[p.ID] = p.Access
	}
	return got
}

func sameAccess(a, b map[string]string) bool {
	for id, access := range a {
		if b[id] != access {
			return false
		}
	}
	return true
}

func TestARealBrowserSignsUpConfirmsAndSignsIn(t *testing.T) {
	h, b := newHome(t), newBrowser(t)
	address, ended := h.login()
	b.open(address)
	b.until(on("/login", "username"))
	b.ask(`document.querySelector('a[href^="/signup"]').click()`)
	b.until(on("/signup", "username"))
	b.write("newcomer@example.com")
	b.press("Tab")
	b.write("weak")
	b.press("Enter")
	b.until(`document.querySelector("[role=alert]") != null && ` + on("/signup", "password"))
	b.write("Brand-new1")
	b.press("Enter")
	b.until(on("/confirm", "code"))
	b.write(b.ask(`document.querySelector("[data-code]").dataset.code`))
	b.press("Enter")
	b.until(on("/login", "password"))
	b.write("Brand-new1")
	b.press("Enter")
	b.until(signedIn)
	if said, err := ended(); err != nil || !strings.Contains(said, "Signed in as newcomer@example.com.") {
		t.Errorf("login: %v, %q", err, said)
	}
	if got := h.access()["plotting"]; got != "no_group" {
		t.Errorf("a newcomer has plotting %s", got)
	}
}

func TestARealBrowserRunsNothingAndLoadsNothingOnOurPages(t *testing.T) {
	h, b := newHome(t), newBrowser(t)
	address, ended := h.login()
	b.open(address)
	b.until(on("/login", "username"))
	// A style that the policy refused would leave the page bare.
	if b.ask(`getComputedStyle(document.querySelector("main")).borderTopLeftRadius`) != "14px" {
		t.Error("the login page has lost its style")
	}
	if n := b.ask(`performance.getEntriesByType("resource").filter(e => !e.name.startsWith("data:")).length`); n != "0" {
		t.Errorf("the login page loads %s things", n)
	}
	if wide := b.ask(`document.documentElement.scrollWidth <= innerWidth`); wide != "true" {
		t.Error("the login page scrolls sideways")
	}
	b.ask(`document.querySelector('a[href*="demo=guest"]').click()`)
	b.until(`document.querySelector("#password").value != "" && document.activeElement.type=="submit"`)
	b.press("Enter")
	b.until(signedIn)
	if said, err := ended(); err != nil || !strings.Contains(said, "Signed in as guest@example.com.") {
		t.Errorf("login: %v, %q", err, said)
	}
	if n := b.ask(`performance.getEntriesByType("resource").filter(e => !e.name.startsWith("data:")).length`); n != "0" {
		t.Errorf("the success page loads %s things", n)
	}
}

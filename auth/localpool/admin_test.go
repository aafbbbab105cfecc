package localpool

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestTheAdminPageNeedsItsKey(t *testing.T) {
	p, _ := start(t, Options{})
	for name, address := range map[string]string{
		"none": "/admin", "empty": "/admin?key=", "made up": "/admin?key=00", "the other key": "/admin?key=" + p.apiKey.Reveal(),
	} {
		if page, err := NewPerson("", "").Open(t.Context(), p.Domain()+address); err != nil || page.Status != http.StatusForbidden || strings.Contains(page.Body, "guest@") {
			t.Errorf("%s: %d %v", name, page.Status, err)
		}
	}
	page, err := NewPerson("", "").Open(t.Context(), p.AdminURL())
	if err != nil || page.Status != http.StatusOK || !adminAddress.MatchString(strings.TrimPrefix(page.URL, p.Domain())) || !strings.Contains(page.Body, "guest@example.com") {
		t.Errorf("with the key: %d %s %v", page.Status, page.URL, err)
	}
}

func TestTheAdminPageChangesGroups(t *testing.T) {
	p, a := start(t, Options{})
	b := NewPerson("", "")
	page, err := b.Open(t.Context(), p.AdminURL())
	if err != nil {
		t.Fatal(err)
	}
	refresh := a.session(t, "guest@example.com")["refresh_token"].(string)
	do := func(what, email, group string) Final {
		page, err := b.Submit(t.Context(), page, url.Values{"do": {what}, "email": {email}, "group": {group}})
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	if got := do("add", "guest@example.com", " <b>Eve</b> "); got.Alert != "" || strings.Contains(got.Body, "<b>Eve") || !strings.Contains(got.Body, "&lt;b&gt;Eve") {
		t.Errorf("a name like HTML: %q", got.Alert)
	}
	if _, tokens := a.refresh(t, refresh); !equalAny(claims(t, tokens["id_token"], 1)["cognito:groups"], []string{"<b>Eve</b>"}) {
		t.Error("the refreshed token does not have the group")
	}
	do("remove", "guest@example.com", "<b>Eve</b>")
	if _, tokens := a.refresh(t, refresh); claims(t, tokens["id_token"], 1)["cognito:groups"] != nil {
		t.Error("the group is still there")
	}
	for name, test := range map[string][3]string{
		"somebody unknown":       {"add", "nobody@example.com", "A"},
		"a group with a space":   {"add", "guest@example.com", "A B"},
		"a group they lack":      {"remove", "guest@example.com", "A"},
		"nothing that is wanted": {"", "guest@example.com", "A"},
	} {
		if got := do(test[0], test[1], test[2]); got.Alert == "" {
			t.Errorf("%s: no alert", name)
		}
	}
	do("signout", "guest@example.com", "")
	if status, _ := a.refresh(t, refresh); status != http.StatusBadRequest {
		t.Errorf("after signing out everywhere: %d", status)
	}
}

func TestAdminAPINeedsItsKey(t *testing.T) {
	p, _ := start(t, Options{})
	for name, header := range map[string]string{"none": "", "made up": "Bearer x", "the page's": "Bearer " + p.adminKey.Reveal(), "bare": p.apiKey.Reveal()} {
		for path, method := range map[string]string{"/admin/api/users": http.MethodGet, "/admin/api/groups": http.MethodPost} {
			r := httptest.NewRequest(method, p.Domain()+path, strings.NewReader(`{"email":"guest@example.com","group":"A"}`))
			r.Header.Set("Authorization", header)
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			if w.Code != http.StatusUnauthorized {
				t.Errorf("%s key at %s: %d", name, path, w.Code)
			}
		}
	}
}

// A pool that was stopped for a while (ctrl+z) is running yet: its file must
// stay, or no terminal would find it again.
func TestAPoolThatDoesNotAnswerIsNotGone(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	a := &Admin{domain: "http://" + l.Addr().String(), http: &http.Client{Timeout: 20 * time.Millisecond, Transport: &http.Transport{DisableKeepAlives: true}}}
	if _, err := a.Users(t.Context()); err == nil || errors.Is(err, ErrNotRunning) || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("got %v", err)
	}
}

func TestAnotherTerminalFindsTheRunningPool(t *testing.T) {
	dir := t.TempDir()
	if _, err := Connect(dir, ""); !errors.Is(err, ErrNotRunning) {
		t.Fatalf("before: %v", err)
	}
	p, _ := start(t, Options{})
	if err := errors.Join(p.Publish(dir), p.Publish(dir)); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "pools", "*"))
	if len(files) != 1 {
		t.Fatalf("files %v", files)
	}
	if info, err := os.Stat(files[0]); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	admin, err := Connect(dir, "")
	if err != nil || admin.domain != p.Domain() {
		t.Fatal(err)
	}
	if err := admin.AddGroup(t.Context(), "Guest@example.com", Underwriters); err != nil {
		t.Error(err)
	}
	users, err := admin.Users(t.Context())
	if err != nil || len(users) != 4 || !equalAny(users[3].Groups, []string{Underwriters}) {
		t.Errorf("%v %v", users, err)
	}
	if err := admin.RemoveGroup(t.Context(), "guest@example.com", Underwriters); err != nil {
		t.Error(err)
	}
	if err := admin.RemoveGroup(t.Context(), "guest@example.com", Underwriters); err == nil || !strings.Contains(err.Error(), "is not in the group") {
		t.Errorf("twice: %v", err)
	}
	if err := admin.AddGroup(t.Context(), "nobody@example.com", "A"); err == nil || !strings.Contains(err.Error(), "has this email address: nobody@example.com") {
		t.Errorf("nobody: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := admin.Users(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	p.Close()
	if left, _ := filepath.Glob(filepath.Join(dir, "pools", "*")); len(left) != 0 {
		t.Errorf("Close leaves %v", left)
	}
	if _, err := admin.Users(t.Context()); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after: %v", err)
	}
}

func TestWhatKilledPoolsLeaveBehindIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	pools := filepath.Join(dir, "pools")
	if err := os.Mkdir(pools, 0o700); err != nil {
		t.Fatal(err)
	}
	stranger := httptest.NewServer(http.NotFoundHandler())
	defer stranger.Close()
	for name, content := range map[string]string{
		"dead.json": `{"domain":"http://127.0.0.1:1","key":"x"}`, "far.json": `{"domain":"http://192.0.2.1:80","key":"x"}`,
		"half.json": `{"domain":`, "else.json": `{"domain":"` + stranger.URL + `","key":"x"}`, "note.txt": "x",
	} {
		if err := os.WriteFile(filepath.Join(pools, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Connect(dir, ""); !errors.Is(err, ErrNotRunning) {
		t.Errorf("with leftovers alone: %v", err)
	}
	if _, err := os.Stat(filepath.Join(pools, "dead.json")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the dead one is still there")
	}
	p, _ := start(t, Options{})
	if err := p.Publish(dir); err != nil {
		t.Fatal(err)
	}
	if admin, err := Connect(dir, ""); err != nil || admin.domain != p.Domain() {
		t.Errorf("with a living one: %v", err)
	}
}

func TestOfSeveralPoolsTheOneAskedForIsFound(t *testing.T) {
	dir := t.TempDir()
	first, _ := start(t, Options{})
	last, _ := start(t, Options{})
	for _, p := range []*Pool{first, last} {
		if err := p.Publish(dir); err != nil {
			t.Fatal(err)
		}
	}
	// Two files of one moment have no order of their own.
	old := time.Now().Add(-time.Minute)
	if err := os.Chtimes(first.published[0], old, old); err != nil {
		t.Fatal(err)
	}
	for domain, want := range map[string]string{
		first.Domain(): first.Domain(), last.Domain(): last.Domain(), "": last.Domain(), "https://elsewhere.example": last.Domain(),
	} {
		if admin, err := Connect(dir, domain); err != nil || admin.domain != want {
			t.Errorf("asked for %q: %v", domain, err)
		}
	}
}

func TestAPersonIsInAtMostAHundredGroups(t *testing.T) {
	p, _ := start(t, Options{})
	for i := range maxGroups {
		if err := p.AddGroup("guest@example.com", "g"+strings.Repeat("x", i)); err != nil {
			t.Fatal(err)
		}
	}
	if p.AddGroup("guest@example.com", "one-more") == nil {
		t.Error("a hundred and one")
	}
	if err := p.AddGroup("guest@example.com", "g"); err != nil {
		t.Errorf("one that they are in: %v", err)
	}
}

func TestTheAdminPageOffersTheGroupsThatOpenPages(t *testing.T) {
	for name, tt := range map[string]struct {
		groups []string
		says   string
	}{
		"those that are named": {[]string{"Actuaries", "Staff"}, "Groups that open a page: Actuaries, Staff."},
		"the demo's":           {nil, "Groups that open a page: CreditAnalysts, Underwriters."},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := start(t, Options{Groups: tt.groups})
			_, page := administrator(t, p)
			if !strings.Contains(page.Body, tt.says) {
				t.Errorf("it does not say %q", tt.says)
			}
			for _, group := range tt.groups {
				if !strings.Contains(page.Body, `<option value="`+group+`">`) {
					t.Errorf("the field does not offer %s", group)
				}
			}
		})
	}
}

package localpool

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestANewcomerSignsUpConfirmsAndHasNoGroup(t *testing.T) {
	p, a := start(t, Options{})
	b := NewPerson("New.Comer@Example.com", "Brand-new1")
	page, err := b.SignUp(t.Context(), a.ask())
	if err != nil || page.Body != "welcome back" {
		t.Fatalf("%v: %s", err, page.URL)
	}
	_, tokens := a.token(t, "code", a.got.Get("code"))
	if c := claims(t, tokens["id_token"], 1); c["cognito:groups"] != nil || c["email"] != "new.comer@example.com" {
		t.Errorf("claims %v", c)
	}
	users := p.Users()
	if last := users[len(users)-1]; last.Email != "new.comer@example.com" || !last.Confirmed || len(last.Groups) != 0 {
		t.Errorf("the pool has %+v", last)
	}
}

// signedUp leaves somebody on the confirmation page.
func signedUp(t *testing.T, a *app, b *Person) Final {
	t.Helper()
	page, err := b.Open(t.Context(), a.ask())
	if err == nil {
		page, err = b.Open(t.Context(), strings.Replace(page.URL, "/login?", "/signup?", 1))
	}
	if err == nil {
		page, err = b.Submit(t.Context(), page, url.Values{"username": {b.Email}, "password": {b.Password}})
	}
	if err != nil || page.Code() == "" {
		t.Fatalf("%v: no code on %s", err, page.URL)
	}
	return page
}

// Scripts that play a person look for six digits in a row, as people do.
func TestThePageShowsNoSixDigitsBesideTheCode(t *testing.T) {
	_, a := start(t, Options{})
	page := signedUp(t, a, NewPerson("new@example.com", "Brand-new1"))
	for _, digits := range regexp.MustCompile(`\b[0-9]{6}\b`).FindAllString(page.Body, -1) {
		if digits != page.Code() {
			t.Errorf("%s is in the page, the code is %s", digits, page.Code())
		}
	}
}

func TestAnUnconfirmedPersonIsLedToTheCode(t *testing.T) {
	_, a := start(t, Options{})
	b := NewPerson("new@example.com", "Brand-new1")
	old := signedUp(t, a, b).Code()
	other := NewPerson("new@example.com", "Brand-new1") // in another browser
	if page, _ := NewPerson("new@example.com", "wrong").SignIn(t.Context(), a.ask()); !strings.Contains(page.Alert, "is not right") || page.Code() != "" {
		t.Errorf("with a wrong password: %q", page.Alert)
	}
	page, err := other.SignIn(t.Context(), a.ask())
	if err != nil || !page.on("/confirm") || page.Code() == "" {
		t.Fatalf("%v: came to %s", err, page.URL)
	}
	if page.Code() != old { // One in a million is the same by chance.
		if again, _ := other.Submit(t.Context(), page, url.Values{"username": {b.Email}, "code": {old}}); again.Alert == "" {
			t.Error("the code from before still works")
		}
	}
	page, err = other.Submit(t.Context(), page, url.Values{"username": {b.Email}, "code": {page.Code()[:3] + " " + page.Code()[3:]}})
	if err != nil || !page.on("/login") || !strings.Contains(page.Body, "Your address is confirmed") {
		t.Fatalf("%v: came to %s", err, page.URL)
	}
	if page, err = other.SignIn(t.Context(), a.ask()); err != nil || page.Body != "welcome back" {
		t.Error(err)
	}
}

func TestFiveWrongCodesUseTheCodeUp(t *testing.T) {
	_, a := start(t, Options{})
	b := NewPerson("new@example.com", "Brand-new1")
	page := signedUp(t, a, b)
	code := page.Code()
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	for range mailCodeTries {
		page, _ = b.Submit(t.Context(), page, url.Values{"username": {b.Email}, "code": {wrong}})
		if page.Alert == "" {
			t.Fatal("a wrong code confirmed")
		}
	}
	if page, _ = b.Submit(t.Context(), page, url.Values{"username": {b.Email}, "code": {code}}); page.Alert == "" {
		t.Error("the code still works")
	}
}

func TestACodeOfAMailLivesForAnHour(t *testing.T) {
	c := newClock()
	_, a := start(t, Options{Now: c.Now})
	b := NewPerson("new@example.com", "Brand-new1")
	page := signedUp(t, a, b)
	c.pass(mailCodeTTL)
	if page, _ = b.Submit(t.Context(), page, url.Values{"username": {b.Email}, "code": {page.Code()}}); page.Alert == "" {
		t.Error("it still works")
	}
}

func TestSignUpRefusals(t *testing.T) {
	_, a := start(t, Options{})
	tests := map[string]struct{ email, password, want string }{
		"somebody who is there":  {"Guest@example.com", "Brand-new1", "exists already"},
		"no address":             {"nobody", "Brand-new1", "Enter an email address"},
		"an address with a name": {"Ana <ana@example.com>", "Brand-new1", "Enter an email address"},
		"a line in the address":  {"a@example.com\r\nBcc: b@example.com", "Brand-new1", "Enter an email address"},
		"a short password":       {"a@example.com", "Ab1!", "at least 8 characters."},
		"no digit":               {"a@example.com", "Brand-new", "needs a digit."},
		"no capital, no symbol":  {"a@example.com", "brandnew1", "needs a capital letter and a symbol."},
		"a space at the end":     {"a@example.com", "Brand-new1 ", "begin or end with a space"},
		"far too long":           {"a@example.com", strings.Repeat("Brand-new1", 26), "256 characters"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page, err := NewPerson(test.email, test.password).SignUp(t.Context(), a.ask())
			if err == nil || !strings.Contains(page.Alert, test.want) || !page.on("/signup") {
				t.Errorf("%q on %s, %v", page.Alert, page.URL, err)
			}
		})
	}
}

func TestAForgottenPasswordIsSetWithTheShownCode(t *testing.T) {
	_, a := start(t, Options{})
	b := NewPerson("guest@example.com", "Newly-set1")
	page, err := b.Open(t.Context(), a.ask())
	if err == nil {
		page, err = b.Open(t.Context(), strings.Replace(page.URL, "/login?", "/forgotPassword?", 1))
	}
	if err == nil {
		page, err = b.Submit(t.Context(), page, url.Values{"username": {b.Email}})
	}
	if err != nil || page.Code() == "" {
		t.Fatal(err, page.URL)
	}
	code := page.Code()
	if page, _ = b.Submit(t.Context(), page, url.Values{"code": {code}, "password": {"weak"}}); !strings.Contains(page.Alert, "needs") {
		t.Errorf("a weak password: %q", page.Alert)
	}
	if page, err = b.Submit(t.Context(), page, url.Values{"code": {code}, "password": {b.Password}}); err != nil || !page.on("/login") {
		t.Fatalf("%v %q on %s", err, page.Alert, page.URL)
	}
	if page, err = b.SignIn(t.Context(), a.ask()); err != nil || page.Body != "welcome back" {
		t.Error(err)
	}
	if _, err = NewPerson("guest@example.com", DemoPassword).SignIn(t.Context(), a.ask()); err == nil {
		t.Error("the old password still works")
	}
}

func TestTheFieldAtFaultIsMarked(t *testing.T) {
	_, a := start(t, Options{})
	open := func(b *Person, path string) Final {
		t.Helper()
		page, err := b.Open(t.Context(), strings.Replace(a.ask(), Authorize, path, 1))
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	forgot := func(b *Person) Final {
		page, err := b.Submit(t.Context(), open(b, "/forgotPassword"), url.Values{"username": {"guest@example.com"}})
		if err != nil || page.Code() == "" {
			t.Fatalf("%v: no code on %s", err, page.URL)
		}
		return page
	}
	tests := map[string]struct {
		page   func(*Person) Final
		fields func(Final) url.Values
		want   string // the field marked, and focused
	}{
		"a sign-up with a weak password": {
			func(b *Person) Final { return open(b, "/signup") },
			func(Final) url.Values { return url.Values{"username": {"new@example.com"}, "password": {"weak"}} }, "password",
		},
		"a sign-up with no address": {
			func(b *Person) Final { return open(b, "/signup") },
			func(Final) url.Values { return url.Values{"username": {"new"}, "password": {"Brand-new1"}} }, "username",
		},
		"a reset with a wrong code": {
			forgot,
			func(Final) url.Values { return url.Values{"code": {"x"}, "password": {"Brand-new1"}} }, "code",
		},
		"a reset with a weak password": {
			forgot,
			func(p Final) url.Values { return url.Values{"code": {p.Code()}, "password": {"weak"}} }, "password",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := NewPerson("", "")
			before := test.page(b)
			page, err := b.Submit(t.Context(), before, test.fields(before))
			if err != nil || page.Alert == "" {
				t.Fatalf("%v: no alert on %s", err, page.URL)
			}
			for _, field := range regexp.MustCompile(`<input id="(\w+)"[^>]*>`).FindAllStringSubmatch(page.Body, -1) {
				marked, focused := strings.Contains(field[0], `aria-invalid="true"`), strings.Contains(field[0], "autofocus")
				if marked != (field[1] == test.want) || focused != marked {
					t.Errorf("%s: marked %v, focused %v", field[1], marked, focused)
				}
			}
			if test.want == "password" && before.Code() != "" && !strings.Contains(page.Body, `value="`+before.Code()+`"`) {
				t.Error("the code has to be typed again")
			}
		})
	}
}

func TestTheErrorPageNamesAnUnknownClient(t *testing.T) {
	_, a := start(t, Options{})
	for client, want := range map[string]bool{"nobody": true, a.pool.ClientID(): false} {
		page, err := NewPerson("", "").Open(t.Context(), a.ask("client_id", client, "redirect_uri", "http://localhost:1/"))
		if err != nil || strings.Contains(page.Body, "that the app gave") != want {
			t.Errorf("client %s: %v, %.300s", client, err, page.Body)
		}
	}
}

func TestAForgottenPasswordDoesNotTellWhoIsThere(t *testing.T) {
	p, a := start(t, Options{})
	page, err := NewPerson("", "").Open(t.Context(), a.ask())
	if err != nil {
		t.Fatal(err)
	}
	forgot := strings.Replace(page.URL, "/login?", "/forgotPassword?", 1)
	b := NewPerson("", "")
	page, _ = b.Open(t.Context(), forgot)
	page, err = b.Submit(t.Context(), page, url.Values{"username": {"nobody@example.com"}})
	if err != nil || page.Code() == "" || page.Alert != "" {
		t.Fatalf("%v %q", err, page.Alert)
	}
	page, _ = b.Submit(t.Context(), page, url.Values{"code": {page.Code()}, "password": {"Brand-new1"}})
	if page.Alert == "" || len(p.Users()) != 4 {
		t.Errorf("the made-up code worked: %d users", len(p.Users()))
	}
}

func TestCodesAreForTheirPurpose(t *testing.T) {
	p, _ := start(t, Options{})
	reset := p.directory.mail("guest@example.com", "reset")
	if p.directory.confirm("guest@example.com", reset) == nil {
		t.Error("a reset code confirms")
	}
	confirm := p.directory.mail("guest@example.com", "confirm")
	if p.directory.reset("guest@example.com", confirm, "Brand-new1") == nil {
		t.Error("a confirmation code resets")
	}
}

// twice sends a form as a double click does: the browser leaves the first
// answer where it is and shows the second.
func (b *Person) twice(t *testing.T, page Final, fields url.Values) Final {
	t.Helper()
	follow := b.http.CheckRedirect
	b.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	_, err := b.Submit(t.Context(), page, fields)
	b.http.CheckRedirect = follow
	if err == nil {
		page, err = b.Submit(t.Context(), page, fields)
	}
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestADoubleClickMakesAnAccountConfirmsItAndSetsAPassword(t *testing.T) {
	_, a := start(t, Options{})
	b := NewPerson("new@example.com", "Brand-new1")
	page, err := b.Open(t.Context(), a.ask())
	if err == nil {
		page, err = b.Open(t.Context(), strings.Replace(page.URL, "/login?", "/signup?", 1))
	}
	if err != nil {
		t.Fatal(err)
	}
	if page = b.twice(t, page, url.Values{"username": {b.Email}, "password": {b.Password}}); page.Alert != "" || !page.on("/confirm") || page.Code() == "" {
		t.Fatalf("making an account: %q at %s", page.Alert, page.URL)
	}
	if page = b.twice(t, page, url.Values{"username": {b.Email}, "code": {page.Code()}}); page.Alert != "" || !page.on("/login") || !strings.Contains(page.Body, "Your address is confirmed") {
		t.Fatalf("confirming it: %q at %s", page.Alert, page.URL)
	}
	page, err = b.Open(t.Context(), strings.Replace(page.URL, "/login?", "/forgotPassword?", 1))
	if err == nil {
		page, err = b.Submit(t.Context(), page, url.Values{"username": {b.Email}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if page = b.twice(t, page, url.Values{"code": {page.Code()}, "password": {"Brand-new2"}}); page.Alert != "" || !page.on("/login") || !strings.Contains(page.Body, "Your password is changed") {
		t.Fatalf("a new password: %q at %s", page.Alert, page.URL)
	}
	// Somebody else's address is taken, whatever is clicked how often.
	if page, _ := NewPerson("new@example.com", "Another-1").SignUp(t.Context(), a.ask()); !strings.Contains(page.Alert, "exists already") {
		t.Errorf("another's account: %q", page.Alert)
	}
}

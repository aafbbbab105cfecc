//go:build !windows

package terminal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// evil is text from outside that takes a terminal over where it arrives raw:
// OSC 52 with both endings, a title, colours, C1, BiDi, line ends, backspace.
const evil = "evil\x1b]52;c;ZXZpbA==\x07\x1b]0;evil\x1b\\\x1b[31;5m\x1b[2J\u009b31m\u009d52;c;ZXZpbA==\u009c\u202e\u2066\u200f\u061c\n\r\u2028\u2029\u0085\b\x7fend"

// harmless fails where a byte stream that is to be text could do something to
// a terminal. The emulator judges it: it knows what tabgate may send.
func harmless(t *testing.T, what, stream string) {
	t.Helper()
	e := newEmulator(2000, 50)
	e.resized = true // width is not what is looked at
	e.write(strings.ReplaceAll(stream, "\t", " "))
	if len(e.faults) > 0 || len(e.clipboard) > 0 || e.rest != "" {
		t.Errorf("%s: %q, clipboard %q, left over %.40q in %.600q", what, e.faults, e.clipboard, e.rest, stream)
	}
	if strings.Contains(stream, "\x1b[2J") || strings.Contains(stream, "\x1b[31;5m") {
		t.Errorf("%s passes evil sequences on: %.600q", what, stream)
	}
}

// safely runs a command whose output must be harmless whatever it says.
func (p *place) safely(args ...string) output {
	p.t.Helper()
	got := p.run(args...)
	what := fmt.Sprintf("%.60q", args)
	harmless(p.t, what+" stdout", got.out)
	harmless(p.t, what+" stderr", got.err)
	return got
}

// evilPerson has the whole of evil in every claim that is shown.
func evilPerson(d *faults.Draft) {
	for _, claim := range []string{"email", "username", "cognito:username"} {
		if _, ok := d.Claims[claim]; ok {
			d.Claims[claim] = evil
		}
	}
	d.Claims["cognito:groups"] = []string{"Underwriters", evil, "CreditAnalysts\u202e"}
}

func TestEvilClaimsNeverReachTheTerminalRaw(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	pool := p.onPool(localpool.Options{})
	pool.Faults().Tokens(evilPerson)
	login := p.start("login", "--timeout", "30s")
	if _, err := pool.Person("both@example.com", localpool.DemoPassword).SignIn(t.Context(), login.address()); err != nil {
		t.Fatal(err)
	}
	got := login.wait()
	harmless(t, "login", got.err)
	if got.code != 0 || !strings.Contains(got.err, "evil") {
		t.Fatalf("exit %d: %q", got.code, got.err)
	}
	pool.Faults().Set(localpool.UserInfo, faults.Fault{Patch: func(j localpool.JSON) { j["email"], j["username"] = evil, evil }})
	for _, args := range [][]string{
		{"whoami"},
		{"whoami", "--json"},
		{"whoami", "--remote"},
		{"pages"},
		{"pages", "--json"},
		{"show", "home"},
		{"show", "home", "--format", "ansi"},
		{"show", "home", "--format", "svg"},
		{"show", "mapping"},
		{"token", "id"},
		{"doctor"},
		{"doctor", "--json"},
	} {
		if got := p.safely(args...); args[0] == "whoami" && len(args) < 3 && !strings.Contains(got.out, "evil") {
			t.Errorf("%v says nothing of the claims: %q", args, got.out)
		}
	}
	s := p.app()
	s.see("evil")
	s.send("3")
	s.see(noAccess)
	s.see("evil")
	s.send("2")
	s.see("% Complete")
	s.send("\x12")
	s.see("Session refreshed.")
	s.send("?")
	s.see("By mouse: click any of it")
	s.dismiss("By mouse: click any of it")
	s.signOut()
	s.quit()
	if len(s.emu.clipboard) > 0 {
		t.Errorf("the clipboard was written: %q", s.emu.clipboard)
	}
}

func TestEvilErrorsNeverReachTheTerminalRaw(t *testing.T) {
	t.Parallel()
	_, _, s := waiting(t)

	// An answer without proof is a hint, one with it ends the attempt.
	address := s.loginAddress()
	visit(t, redirectOf(t, address), url.Values{"error": {evil}, "error_description": {evil}})
	s.see("The browser reports, without proof that it is about this sign-in: evil")
	visit(t, redirectOf(t, address), url.Values{"error": {evil}, "error_description": {evil}, "state": {queryOf(t, address).Get("state")}})
	s.see("tabgate does not know this reason; try again, and run tabgate doctor if it lasts")
	s.dismiss("try again")

	s.quit()
}

func TestEvilAnswersOfTheProviderNeverReachTheTerminalRaw(t *testing.T) {
	t.Parallel()
	tests := map[string]faults.Fault{
		localpool.Token: faults.OAuthError(http.StatusBadRequest, "invalid_grant", evil),
		localpool.JWKS:  faults.Raw(http.StatusOK, `{"keys":[{"kty":"`+"\u009b\u202e"+`","kid":"\u001b]52;c;ZXZpbA==\u0007"}]}`),
		localpool.Discovery: {Patch: func(j localpool.JSON) {
			j["issuer"], j["jwks_uri"] = evil, evil
		}},
	}
	tests[localpool.Token].Header.Set("x-amz-cognito-request-id", "evil\u009b31m\u202e")
	for endpoint, fault := range tests {
		t.Run(endpoint, func(t *testing.T) {
			t.Parallel()
			p, pool, s := waiting(t)
			pool.Faults().Set(endpoint, fault)
			early := endpoint == localpool.Discovery // ends a sign-in before anybody is in the browser
			if early {
				s.send("l")
			} else {
				visit(t, elsewhere(t, s.loginAddress(), "both@example.com"), nil)
			}
			s.see("try again")
			s.dismiss("try again")
			s.quit()
			p.safely("doctor")
			p.safely("doctor", "--json")
			login := p.start("login", "--timeout", "30s")
			if !early {
				visit(t, elsewhere(t, login.address(), "both@example.com"), nil)
			}
			got := login.wait()
			if harmless(t, "login", got.err); got.code == 0 {
				t.Error("the login succeeds")
			}
		})
	}
}

// visit is the browser going to an address on this machine.
func visit(t *testing.T, address string, more url.Values) {
	t.Helper()
	if len(more) > 0 {
		address += "?" + more.Encode()
	}
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func TestEvilFilesNeverReachTheTerminalRaw(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	cell := `"` + strings.NewReplacer(`"`, `""`).Replace(evil) + `"`
	table := p.write("evil.csv", "Region,1961,1962\nChina,1,2\n"+cell+",3000000,4000000\nUnited States of America,1,2\n")
	// Records are lines to some readers: evil without line ends is another file.
	flat := p.write("flat.csv", "Region,1961,1962\n"+strings.NewReplacer("\n", "", "\r", "").Replace(evil)+",3000000,4000000\nChina,1,2\n")
	odd := p.write("odd.csv", evil+",1961\x1b[2J\n"+evil+",\x1b]52;c;ZXZpbA==\x07\n")
	name, err := json.Marshal(evil)
	if err != nil {
		t.Fatal(err)
	}
	stops := p.write("stops.json", fmt.Sprintf(`[{"name":%s,"code":%s,"entries":"1","exits":"2","lon":-122.4,"lat":37.76}]`, name, name))
	for _, file := range []string{table, flat, odd, stops} {
		for _, page := range []string{"dataframe", "mapping"} {
			for _, format := range []string{"text", "ansi", "svg", "json"} {
				p.safely("show", page, "--data", file, "--format", format)
			}
		}
	}
	p.safely("show", "dataframe", "--data", "missing"+evil)
	p.safely("show", "dataframe", "--countries", evil)
	p.write(".config/tabgate/config.yaml", "pages:\n  dataframe: {groups: [], data: "+flat+"}\n  plotting: {groups: [\"evil\\e]52;c;ZXZpbA==\\a\\u009b31m\\u202e\"]}\n")
	s := p.app()
	s.see("No user pool yet: three choices")
	s.send("2")
	s.see("This page is for the group evil")
	s.send("4")
	s.see("evil")
	s.quit()
	p.safely("pages")
	p.safely("pages", "--json")
	p.safely("config", "show")
}

func TestEvilSettingsAndArgumentsNeverReachTheTerminalRaw(t *testing.T) {
	t.Parallel()
	pool := newPlace(t).onPool(localpool.Options{})
	for _, key := range []string{
		"COGNITO_DOMAIN", "CLIENT_ID", "CLIENT_SECRET", "APP_URI", "LOGOUT_URI", "COGNITO_ISSUER", "COGNITO_USER_POOL_ID", "COGNITO_SCOPES",
		"TABGATE_TOKEN_STORE", "TABGATE_BROWSER", "TABGATE_PROFILE", "TABGATE_THEME", "TABGATE_LOGIN_TIMEOUT", "TABGATE_CA_FILE", "AWS_REGION", "TABGATE_CONFIG",
	} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.settings(pool.Settings())
			value := evil
			if strings.HasSuffix(p.env[key], "/") || strings.HasPrefix(p.env[key], "http") {
				value = p.env[key] + evil
			}
			p.env[key] = value
			for _, args := range [][]string{{"whoami"}, {"config", "show"}, {"doctor"}, {"login", "--timeout", "10ms"}, {"logout"}} {
				p.safely(args...)
			}
		})
	}
	p := newPlace(t)
	for _, args := range [][]string{
		{evil},
		{"--" + evil},
		{"show", evil},
		{"show", "home", "--size", evil},
		{"show", "home", "--format", evil},
		{"--config", evil, "whoami"},
		{"--profile", evil, "whoami"},
		{"pool", "groups", "add", evil, evil},
		{"pool", "serve", "--listen", evil},
		{"pool", "serve", "--users", evil},
		{"token", evil},
		{"demo", "--tour", "--size", evil},
		{"completion", evil},
	} {
		if got := p.safely(args...); got.code == 0 {
			t.Errorf("%.40q succeeds", args)
		}
	}
	for name, text := range map[string]string{
		"key": "\"evil\\e[2J\\u009b\\u202e\": 1\n", "value": "theme: \"evil\\e[2J\\u009b\\u202e\"\n", "syntax": "a: [\x1b[2J\u202e\n",
		"profile": "profiles: {\"evil\\e[2J\": {domain: \"https://\\e[2J\"}}\nprofile: \"evil\\e[2J\"\n",
	} {
		p.safely("--config", p.write(name+".yaml", text), "config", "show")
	}
	users := p.write("users.yaml", "- {email: \"evil\\e]52;c;x\\a\", password: x}\n")
	if got := p.safely("pool", "serve", "--users", users); got.code != 5 {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	p.write(".env", "COGNITO_DOMAIN=\"https://evil\x1b[2J\u009b\"\nCLIENT_ID=\x1b]52;c;x\x07\n")
	p.safely("whoami")
}

func TestAnEvilGroupOfTheLocalPoolNeverReachesTheTerminalRaw(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	users := p.write("users.yaml", "- {email: \"\\\"odd local\\\"@example.com\", password: \"Passw0rd!\", groups: [Underwriters, \"<b>&amp;\"]}\n")
	server := p.start("pool", "serve", "--listen", "127.0.0.1:0", "--users", users)
	eventually(t, "ready", func() error {
		if !strings.Contains(server.out.String()+server.errs.String(), "ready") && server.errs.String() == "" {
			return fmt.Errorf("not yet: %s", server.out.String())
		}
		return nil
	})
	p.safely("pool", "users")
	if got := p.safely("pool", "groups", "add", "nobody"+evil+"@example.com", evil); got.code == 0 {
		t.Error("a group of control characters was made")
	}
	harmless(t, "pool serve", server.out.String()+server.errs.String())
}

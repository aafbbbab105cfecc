package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/loopback"
)

// grant signs in at a pool as a web page of somebody's own would, and gives
// what it gets.
func grant(t *testing.T, pool *faults.Pool, redirects []string, email string) cognito.Tokens {
	t.Helper()
	domain, err := url.Parse(pool.Domain())
	if err != nil {
		t.Fatal(err)
	}
	client, err := cognito.New(cognito.Config{Domain: domain, ClientID: pool.ClientID()}, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	a, err := cognito.NewAttempt()
	if err != nil {
		t.Fatal(err)
	}
	l, err := loopback.Listen(t.Context(), redirects, loopback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	l.Expect(a.State, "")
	go func() {
		if _, err := pool.Person(email, localpool.DemoPassword).SignIn(t.Context(), client.AuthorizeURL(l.RedirectURI(), a)); err != nil {
			l.Close()
		}
	}()
	answer, err := l.Wait(t.Context())
	l.Finish(err)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := client.Exchange(t.Context(), answer.Code, l.RedirectURI(), a)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// sample answers as AWS's published device grant does: one address, the
// parameters in the query, no ID token, and no word about JSON.
type sample struct {
	mu     sync.Mutex
	asked  []string // the queries
	polls  []string // what to say to each; the last again and again
	tokens cognito.Tokens
}

func (s *sample) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.Method+" "+r.URL.RawQuery)
	w.Header().Set("Content-Type", "text/plain")
	if r.URL.Query().Get("device_code") == "" {
		fmt.Fprint(w, `{"device_code":"`+strings.Repeat("d", 64)+`","user_code":"WDJBMJHT","verification_uri":"https://d.example/device",
			"verification_uri_complete":"https://d.example/device?code=WDJBMJHT&authorize=true","interval":1,"expires_in":1800}`)
		return
	}
	if say := s.polls[0]; say != "" {
		s.polls = s.polls[min(1, len(s.polls)-1):]
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":%q}`, say)
		return
	}
	json.NewEncoder(w).Encode(map[string]any{
		"access_token": s.tokens.Access.Reveal(), "refresh_token": s.tokens.Refresh.Reveal(), "expires_in": 3600,
	})
}

func TestLoginByDeviceCodeAtAWSsSample(t *testing.T) {
	tests := map[string]struct {
		polls []string
		args  []string
		code  int
		says  string
	}{
		"the person enters the code":     {[]string{"authorization_pending", ""}, nil, 0, "Signed in as analyst@example.com. Groups: CreditAnalysts. Kept in: file."},
		"the person refuses":             {[]string{"access_denied"}, nil, 3, "refused on the other device"},
		"the code runs out":              {[]string{"expired"}, nil, 3, "the code has run out before it was entered; start again"},
		"nobody enters it within a time": {[]string{"authorization_pending"}, []string{"--timeout", "2s"}, 1, "not entered within 2s"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			pool := p.onPool()
			provider := &sample{polls: test.polls, tokens: grant(t, pool, strings.Split(p.env["APP_URI"], ","), "analyst@example.com")}
			server := httptest.NewServer(provider)
			t.Cleanup(server.Close)
			p.env["DEVICE_AUTHORIZATION_URL"], p.env["DEVICE_TOKEN_URL"] = server.URL+"/token", server.URL+"/token"
			got := p.run(append([]string{"login", "--device"}, test.args...)...)
			if got.code != test.code || !strings.Contains(got.err, test.says) || got.out != "" {
				t.Errorf("exit %d, %q, %q", got.code, got.out, got.err)
			}
			for _, want := range []string{"https://d.example/device\n", "WDJBMJHT\n", "https://d.example/device?code=WDJBMJHT&authorize=true"} {
				if !strings.Contains(got.err, want) {
					t.Errorf("%q is not in %q", want, got.err)
				}
			}
			if strings.Contains(got.err, "dddd") {
				t.Error("T-11: the device code is shown")
			}
			if who := p.run("whoami"); (who.code == 0) != (test.code == 0) {
				t.Errorf("afterwards: %d %s", who.code, who.out)
			}
		})
	}
}

func TestTheDeviceCodeIsOfferedWhereItHelps(t *testing.T) {
	tests := map[string]struct {
		env  map[string]string
		want bool
	}{
		"over SSH":                       {map[string]string{"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22", "DEVICE_AUTHORIZATION_URL": "https://d.example/token", "DEVICE_TOKEN_URL": "https://d.example/token"}, true},
		"over SSH, but it is not set up": {map[string]string{"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.onPool()
			for k, v := range test.env {
				p.env[k] = v
			}
			got := p.run("login", "--timeout", "1ms")
			if strings.Contains(got.err, "tabgate login --device") != test.want || got.code != 1 {
				t.Errorf("exit %d, %q", got.code, got.err)
			}
		})
	}
}

func TestLoginByDeviceCodeWithoutOneSaysWhatToSet(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	if got := p.run("login", "--device"); got.code != 5 || !strings.Contains(got.err, "DEVICE_AUTHORIZATION_URL") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("exit %d, %q", got.code, got.err)
	}
}

func TestNoAnswerFromAPoolThatNobodyCanReachSaysSo(t *testing.T) {
	p := newPlace(t)
	p.env["COGNITO_DOMAIN"], p.env["CLIENT_ID"], p.env["APP_URI"] = "http://127.0.0.1:1", "c", freeRedirects(t)[0]
	if got := p.run("login", "--timeout", "1ms"); got.code != exitNetwork || !strings.Contains(got.err, "no answer came in time: nothing listens on 127.0.0.1:1; ") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	p.onPool()
	if got := p.run("login", "--timeout", "1ms"); got.code != exitFailed || !strings.Contains(got.err, "registered as a callback URL") {
		t.Errorf("a pool that is there: exit %d: %s", got.code, got.err)
	}
}

// Over SSH the browser needs the local pool's port as well as the answer's.
func TestOverSSHTheLineToRunNamesEveryPort(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	p.env["SSH_CONNECTION"], p.env["USER"] = "10.0.0.9 50000 10.0.0.1 22", "ana"
	redirect, err := url.Parse(strings.Split(p.env["APP_URI"], ",")[0])
	if err != nil {
		t.Fatal(err)
	}
	pool, err := url.Parse(p.env["COGNITO_DOMAIN"])
	if err != nil {
		t.Fatal(err)
	}
	a, b := redirect.Port(), pool.Port()
	want := "ssh -L " + a + ":localhost:" + a + " -L " + b + ":127.0.0.1:" + b + " ana@10.0.0.1"
	for _, args := range [][]string{{"login", "--timeout", "1ms"}, {"doctor"}} {
		if got := p.run(args...); !strings.Contains(got.out+got.err, want) {
			t.Errorf("%v: %q is not in %s%s", args, want, got.out, got.err)
		}
	}
}

package localpool

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestE1ThePoolListensOnLoopbackAlone(t *testing.T) {
	refused := map[string]string{
		"all addresses":            "0.0.0.0:0",
		"all addresses, IPv6":      "[::]:0",
		"no address":               ":0",
		"a public address":         "192.0.2.1:0",
		"a private address":        "10.0.0.1:0",
		"a name":                   "example.com:0",
		"a name like localhost":    "localhost.example.com:0",
		"loopback mapped and more": "127.0.0.1.example.com:0",
		"no port":                  "127.0.0.1",
		"a port that is none":      "127.0.0.1:http",
		"a port out of range":      "127.0.0.1:65536",
	}
	for name, address := range refused {
		t.Run(name, func(t *testing.T) {
			p, err := New(Options{Listen: address, Keys: testKeys})
			if err == nil {
				p.Close()
				t.Fatalf("it listens on %s", p.Domain())
			}
		})
	}
	for name, address := range map[string]string{"IPv4": "127.0.0.1:0", "by name": "localhost:0", "another of 127/8": "127.0.0.2:0"} {
		t.Run(name, func(t *testing.T) {
			p, err := New(Options{Listen: address, Keys: testKeys})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			host, _, _ := net.SplitHostPort(p.host)
			if !net.ParseIP(host).IsLoopback() {
				t.Errorf("it listens on %s", p.host)
			}
		})
	}
}

func TestE1AnotherNameForThePoolIsRefused(t *testing.T) {
	p, _ := start(t, Options{})
	for name, host := range map[string]string{
		"somebody's own name": "attacker.example", "with the port": "attacker.example" + p.host[strings.LastIndex(p.host, ":"):],
		"another port": "127.0.0.1:1", "no port": "127.0.0.1",
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := http.NewRequest(http.MethodGet, p.Domain()+"/login", nil)
			r.Host = host
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusMisdirectedRequest {
				t.Errorf("status %d", resp.StatusCode)
			}
		})
	}
}

func TestE2IssuerAndIdsAreNobodysRealPool(t *testing.T) {
	p, _ := start(t, Options{})
	q, _ := start(t, Options{})
	if !strings.HasPrefix(p.Issuer(), p.Domain()+"/local_Demo") || !strings.HasPrefix(p.Domain(), "http://127.0.0.1:") {
		t.Errorf("issuer %s of %s", p.Issuer(), p.Domain())
	}
	if p.Issuer() == q.Issuer() {
		t.Error("two pools have one issuer")
	}
	if strings.Contains(p.ClientID(), "-") || len(p.ClientID()) != 26 {
		t.Errorf("client id %q is not in Cognito's shape", p.ClientID())
	}
}

func TestE2EachPoolMakesItsOwnKeys(t *testing.T) {
	if testing.Short() {
		t.Skip("makes four RSA keys")
	}
	kids := map[string]bool{}
	for range 2 {
		set, err := NewKeys().public()
		if err != nil || len(set.Keys) != 2 {
			t.Fatal(set, err)
		}
		for _, k := range set.Keys {
			kids[k.KeyID] = true
		}
	}
	if len(kids) != 4 {
		t.Errorf("%d different keys of 4", len(kids))
	}
}

func TestAPoolServesUntilItIsClosedAndFreesThePort(t *testing.T) {
	p, err := New(Options{Keys: testKeys})
	if err != nil {
		t.Fatal(err)
	}
	p.Start()
	resp, err := http.Get(p.Domain() + "/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if !strings.Contains(string(body), "The pool is running") {
		t.Errorf("the front page says %.200s", body)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	l, err := net.Listen("tcp", p.host)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestATakenPortIsNamed(t *testing.T) {
	p, _ := start(t, Options{})
	_, err := New(Options{Listen: p.host, Keys: testKeys})
	if err == nil || strings.Count(err.Error(), p.host) != 1 || !strings.Contains(err.Error(), "--listen") || strings.Contains(err.Error(), "tcp") {
		t.Errorf("not a plain sentence: %v", err)
	}
}

func TestOptionsThatCognitoWouldRefuse(t *testing.T) {
	tests := map[string]Options{
		"a grace over a minute":             {Grace: 61 * time.Second},
		"a negative grace":                  {Grace: -1},
		"101 sessions":                      {MaxSessions: 101},
		"a redirect with fragment":          {RedirectURIs: []string{"http://localhost:1/#x"}},
		"a redirect without scheme":         {RedirectURIs: []string{"localhost/"}},
		"a redirect with a port for scheme": {RedirectURIs: []string{"localhost:8501"}},
		"a relative sign-out":               {LogoutURIs: []string{"/bye"}},
		"two users of one address":          {Users: []User{{Email: "a@example.com"}, {Email: "A@example.com"}}},
		"a user without address":            {Users: []User{{Email: "Ana <a@example.com>"}}},
		"a group with a newline":            {Users: []User{{Email: "a@example.com", Groups: []string{"a\nb"}}}},
	}
	for name, o := range tests {
		t.Run(name, func(t *testing.T) {
			o.Keys = testKeys
			if p, err := New(o); err == nil {
				p.Close()
				t.Error("accepted")
			}
		})
	}
}

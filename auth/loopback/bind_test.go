package loopback

import (
	"errors"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

// take occupies a port on one address for the test.
func take(t *testing.T, address string) {
	t.Helper()
	ln, err := net.Listen("tcp", address)
	if err != nil && familyMissing(err) {
		t.Skip("this machine has no such address")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
}

func TestL2ABusyPortOnEitherFamilyLeadsToTheNextCandidate(t *testing.T) {
	for name, address := range map[string]string{"IPv4": "127.0.0.1:", "IPv6": "[::1]:", "every address": ":"} {
		t.Run(name, func(t *testing.T) {
			busy, free := freePort(t), freePort(t)
			take(t, address+busy)
			l, err := Listen(t.Context(), []string{"http://localhost:" + busy + "/", "http://localhost:" + free + "/x"}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if l.RedirectURI() != "http://localhost:"+free+"/x" {
				t.Errorf("listens on %s", l.RedirectURI())
			}
		})
	}
}

func TestL2AllBusyNamesThePortsAndTakesNoOther(t *testing.T) {
	first, second := freePort(t), freePort(t)
	take(t, "127.0.0.1:"+first)
	take(t, "[::1]:"+second)
	var tried []string
	_, err := Listen(t.Context(), []string{"http://localhost:" + first + "/", "http://127.0.0.1:" + second + "/"},
		Options{Listen: func(network, address string) (net.Listener, error) {
			tried = append(tried, address)
			return net.Listen(network, address)
		}})
	var busy *PortsError
	if !errors.As(err, &busy) || len(busy.Busy) != 2 || !errors.Is(err, syscall.EADDRINUSE) {
		t.Fatalf("got %v", err)
	}
	for _, port := range []string{first, second} {
		if !strings.Contains(err.Error(), port) {
			t.Errorf("port %s is not named: %v", port, err)
		}
	}
	for _, address := range tried {
		if !strings.HasSuffix(address, ":"+first) && !strings.HasSuffix(address, ":"+second) {
			t.Errorf("tried %s, which nobody registered", address)
		}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:"+second)
	if err != nil {
		t.Fatalf("the half of a refused candidate stays bound: %v", err)
	}
	ln.Close()
}

// opError is what net.Listen gives for an errno.
func opError(errno syscall.Errno) error {
	return &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", errno)}
}

func TestL2OneFamilyIsEnoughWhereTheMachineHasNoOther(t *testing.T) {
	tests := map[string]struct {
		host    string
		missing string // network
		errno   syscall.Errno
		works   bool
	}{
		"localhost without IPv6":                {"localhost", "tcp6", syscall.EADDRNOTAVAIL, true},
		"localhost with IPv6 not built in":      {"localhost", "tcp6", syscall.EAFNOSUPPORT, true},
		"localhost without IPv6 on Windows":     {"localhost", "tcp6", 10049, true},
		"the IPv4 address without IPv6":         {"127.0.0.1", "tcp6", syscall.EADDRNOTAVAIL, true},
		"the IPv6 address without IPv6":         {"[::1]", "tcp6", syscall.EADDRNOTAVAIL, false},
		"the IPv4 address without IPv4":         {"127.0.0.1", "tcp4", syscall.EADDRNOTAVAIL, false},
		"a port that the system keeps for root": {"localhost", "tcp6", syscall.EACCES, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l, err := Listen(t.Context(), []string{"http://" + test.host + ":" + freePort(t) + "/"},
				Options{Listen: func(network, address string) (net.Listener, error) {
					if network == test.missing {
						return nil, opError(test.errno)
					}
					return net.Listen(network, address)
				}})
			if (err == nil) != test.works {
				t.Fatalf("got %v", err)
			}
			if l != nil {
				l.Close()
			}
		})
	}
	_, err := Listen(t.Context(), []string{"http://localhost:" + freePort(t) + "/"},
		Options{Listen: func(string, string) (net.Listener, error) { return nil, opError(syscall.EADDRNOTAVAIL) }})
	if err == nil {
		t.Error("a machine without any loopback address was listened on")
	}
}

func TestRedirectAddresses(t *testing.T) {
	tests := map[string]struct {
		uri, want string // part of the refusal, "" when it is good
	}{
		"the usual":                  {"http://localhost:8501/", ""},
		"without a slash":            {"http://localhost:8501", ""},
		"IPv4":                       {"http://127.0.0.1:8501/", ""},
		"IPv6":                       {"http://[::1]:8501/", ""},
		"any path":                   {"http://localhost:5000/loggedin/a%20b", ""},
		"empty":                      {"", "http://"},
		"no scheme":                  {"localhost:8501", "http://"},
		"https":                      {"https://localhost:8501/", "http://"},
		"another host":               {"http://example.com:8501/", "on this machine"},
		"a host that begins alike":   {"http://localhost.evil.example:8501/", "on this machine"},
		"capitals":                   {"http://LOCALHOST:8501/", "on this machine"},
		"another loopback address":   {"http://127.0.0.2:8501/", "on this machine"},
		"IPv6 spelled out":           {"http://[0:0:0:0:0:0:0:1]:8501/", "on this machine"},
		"no port":                    {"http://localhost/", "port"},
		"an empty port":              {"http://localhost:/", "port"},
		"no port on IPv6":            {"http://[::1]/", "port"},
		"port 0":                     {"http://localhost:0/", "1 to 65535"},
		"port 65536":                 {"http://localhost:65536/", "1 to 65535"},
		"a port with a zero before":  {"http://localhost:08501/", "1 to 65535"},
		"a fragment":                 {"http://localhost:8501/#x", "fragment"},
		"an empty fragment":          {"http://localhost:8501/#", "fragment"},
		"a query":                    {"http://localhost:8501/?a=b", "query"},
		"an empty query":             {"http://localhost:8501/?", "query"},
		"a user":                     {"http://me@localhost:8501/", "user"},
		"a control character":        {"http://localhost:8501/\n", "not an address"},
		"longer than can registered": {"http://localhost:8501/" + strings.Repeat("a", 1024), "not an address"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := CheckRedirect(test.uri)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want something about %q", err, test.want)
			}
		})
	}
	if _, err := Listen(t.Context(), nil, Options{}); err == nil || !strings.Contains(err.Error(), "APP_URI") {
		t.Errorf("no address at all: %v", err)
	}
	if _, err := Listen(t.Context(), []string{"http://evil.example:1/"}, Options{}); err == nil {
		t.Error("an address elsewhere was listened on")
	}
}

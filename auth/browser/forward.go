package browser

import (
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth/neterr"
)

// plainUser is a user name that needs no quoting in a shell.
var plainUser = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]*$`) })

// SSHForward gives the line to run on the machine in front of the person, so
// that its browser gets to the listener here, and to whatever else of this
// machine it needs: "ssh -L 8501:localhost:8501 user@host". Each loopback
// address with a port gets its -L. The host is the address that the SSH session
// came in on. It is "" outside SSH and without such an address. Nothing
// unquoted of the environment gets into the line unless it is a plain name,
// address or port.
func SSHForward(env func(key string) string, addresses ...string) string {
	fields := strings.Fields(env("SSH_CONNECTION")) // client address and port, server address and port
	if len(fields) != 4 {
		return ""
	}
	server, err := netip.ParseAddr(fields[2])
	if err != nil || server.Zone() != "" {
		return ""
	}
	line, ports := "ssh ", map[string]bool{}
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Port() == "" || ports[u.Port()] || !neterr.Loopback(u.Hostname()) {
			continue
		}
		ports[u.Port()] = true
		line += "-L " + u.Port() + ":" + bracketed(u.Hostname()) + ":" + u.Port() + " "
	}
	if len(ports) == 0 {
		return ""
	}
	if port, err := strconv.ParseUint(fields[3], 10, 16); err == nil && port != 22 {
		line += "-p " + strconv.FormatUint(port, 10) + " "
	}
	return line + user(env) + server.Unmap().String()
}

// bracketed is a host as it stands before a port.
func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

func user(env func(key string) string) string {
	for _, key := range []string{"USER", "LOGNAME"} {
		if name := env(key); plainUser().MatchString(name) {
			return name + "@"
		}
	}
	return ""
}

package browser

import (
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// plainUser is a user name that needs no quoting in a shell.
var plainUser = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]*$`) })

// SSHForward gives the line to run on the machine in front of the person, so
// that its browser reaches the listener here: "ssh -L 8501:localhost:8501
// user@host". The host is the address that the SSH session came in on. It is
// "" outside SSH and for an address without a port. Nothing unquoted of the
// environment gets into the line unless it is a plain name, address or port.
func SSHForward(env func(key string) string, redirectURI string) string {
	u, err := url.Parse(redirectURI)
	if err != nil || u.Port() == "" {
		return ""
	}
	fields := strings.Fields(env("SSH_CONNECTION")) // client address and port, server address and port
	if len(fields) != 4 {
		return ""
	}
	server, err := netip.ParseAddr(fields[2])
	if err != nil || server.Zone() != "" {
		return ""
	}
	host := u.Hostname()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	line := "ssh -L " + u.Port() + ":" + host + ":" + u.Port() + " "
	if port, err := strconv.ParseUint(fields[3], 10, 16); err == nil && port != 22 {
		line += "-p " + strconv.FormatUint(port, 10) + " "
	}
	return line + user(env) + server.Unmap().String()
}

func user(env func(key string) string) string {
	for _, key := range []string{"USER", "LOGNAME"} {
		if name := env(key); plainUser().MatchString(name) {
			return name + "@"
		}
	}
	return ""
}

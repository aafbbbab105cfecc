package gate

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// hosts are the names that requests may call the server by.
type hosts []string

// known reports whether a request calls the server by one of its names, in
// every form in which it says one.
func (h hosts) known(r *http.Request) bool {
	if r.URL.Host != "" && !strings.EqualFold(r.URL.Host, r.Host) {
		return false
	}
	return slices.ContainsFunc(h, func(name string) bool { return strings.EqualFold(name, r.Host) })
}

// LoopbackHosts are the names of a server that listens at a port of this machine.
func LoopbackHosts(port string) []string {
	var out []string
	for _, host := range []string{"localhost", "127.0.0.1", "::1"} {
		out = append(out, net.JoinHostPort(host, port))
	}
	return out
}

// proxies are where requests may come from that say for whom they were made.
type proxies []netip.Prefix

func (p proxies) contains(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(prefix netip.Prefix) bool { return prefix.Contains(a) })
}

// peer is who made a request: the address of the connection or, where a proxy
// made that, the right-most address of X-Forwarded-For that is no proxy's. What
// stands left of it anybody may have written. No other header is looked at.
func (p proxies) peer(r *http.Request) netip.Addr {
	from := addr(r.RemoteAddr)
	if !p.contains(from) {
		return from
	}
	listed := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(listed) {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			return from // nothing left of it can be trusted
		}
		if a = a.Unmap().WithZone(""); !p.contains(a) {
			return a
		}
		from = a
	}
	return from
}

func addr(hostport string) netip.Addr {
	ap, err := netip.ParseAddrPort(hostport)
	if err != nil {
		return netip.IPv4Unspecified() // a connection that is none of the network's
	}
	return ap.Addr().Unmap().WithZone("")
}

// neighbourhood is whom limits are for: an address, or the 64 bits of one that a
// single machine may choose from.
func neighbourhood(a netip.Addr) string {
	if a.Is6() {
		if prefix, err := a.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return a.String()
}

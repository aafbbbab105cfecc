package loopback

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
)

func TestG59ADeadServersPortThatAnotherUserTook(t *testing.T) {
	const server, here = "127.0.0.1:8443", "127.0.0.1:40000"
	own := tableRow(here, server, established, 1000, 7)
	listener := func(at string, uid int) string { return tableRow(at, "0.0.0.0:0", listening, uid, 5) }
	tests := map[string]struct {
		rows string
		want string // "" = fine
	}{
		"this user's":                               {listener(server, 1000) + own, ""},
		"root's":                                    {listener(server, 0) + own, ""},
		"another user's":                            {listener(server, 1001) + own, "another user"},
		"another user's at every address":           {listener("0.0.0.0:8443", 1001) + own, "another user"},
		"ours, and another's at every address":      {listener(server, 1000) + listener("0.0.0.0:8443", 1001) + own, "another user"},
		"another's, who is gone from the port":      {tableRow(server, here, established, 1001, 9) + own, "another user"},
		"ours, a connection that nobody took yet":   {listener(server, 1000) + tableRow(server, here, established, 0, 0) + own, ""},
		"nobody's, a connection that none took yet": {tableRow(server, here, established, 0, 0) + own, "nobody can tell"},
		"gone":                   {own, "nobody can tell"},
		"another port's":         {listener("127.0.0.1:8444", 1001) + listener(server, 1000) + own, ""},
		"not told by the system": {"", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := tables{"/proc/net/tcp": header4 + tt.rows}.sockets(1000)
			err := s.checkServer(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(here)), net.TCPAddrFromAddrPort(netip.MustParseAddrPort(server)))
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("one that is elsewhere is not looked for", func(t *testing.T) {
		s := tables{"/proc/net/tcp": header4 + listener("0.0.0.0:443", 1001)}.sockets(1000)
		if err := s.checkServer(net.TCPAddrFromAddrPort(netip.MustParseAddrPort("10.0.0.1:40000")), net.TCPAddrFromAddrPort(netip.MustParseAddrPort("192.0.2.1:443"))); err != nil {
			t.Error(err)
		}
	})
	t.Run("too many sockets to look through are no yes", func(t *testing.T) {
		s := tables{"/proc/net/tcp": header4 + strings.Repeat("x", 70<<10)}.sockets(1000)
		err := s.checkServer(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(here)), net.TCPAddrFromAddrPort(netip.MustParseAddrPort(server)))
		var foreign *ForeignServerError
		if !errors.As(err, &foreign) || !foreign.Hidden {
			t.Errorf("%v", err)
		}
	})
	t.Run("a real one of this user is fine", func(t *testing.T) {
		for _, address := range []string{"127.0.0.1:0", "[::1]:0"} {
			l, err := net.Listen("tcp", address)
			if err != nil {
				continue // a machine of one family
			}
			defer l.Close()
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if err := CheckServer(c); err != nil {
				t.Error(err)
			}
		}
	})
}

package loopback

import (
	"context"
	"net"
	"net/netip"
	"slices"
)

// ForeignServerError says that a connection to this machine itself was taken by
// somebody else than this user or root, so that nothing secret may be sent over
// it.
type ForeignServerError struct {
	Address string // that was connected to
	Hidden  bool   // whose it is cannot be told, though the system could
}

// Error is one line: what is wrong; what to do.
func (e *ForeignServerError) Error() string {
	if e.Hidden {
		return "nobody can tell whose program answers at " + e.Address + "; try again"
	}
	return "another user of this machine answers at " + e.Address + "; start the server again, or ask who does"
}

// CheckServer reports whether the program at the other end of a connection to
// this machine is of another user, who may have taken the port of a server that
// is gone. Of a connection to elsewhere, and where the system does not tell, it
// returns nil.
func CheckServer(c net.Conn) error { return thisMachine().checkServer(c.LocalAddr(), c.RemoteAddr()) }

// checkServer looks at who listens, too: the socket of a connection that was not
// taken yet is nobody's.
//
//	sockets at the server's end                | verdict
//	-------------------------------------------|--------
//	one of another user                        | foreign
//	all of them of our users                   | fine
//	none, and this end is in the table         | hidden
//	none, and neither is this end              | fine: the system does not tell
func (s sockets) checkServer(local, remote net.Addr) error {
	here, hereErr := netip.ParseAddrPort(local.String())
	there, thereErr := netip.ParseAddrPort(remote.String())
	if hereErr != nil || thereErr != nil || !unmap(there).Addr().IsLoopback() {
		return nil
	}
	here, there = unmap(here), unmap(there)
	ctx, cancel := context.WithTimeout(context.Background(), tableTime)
	defer cancel()
	for range 3 { // a row can be missed once, as others open and close sockets
		whose, known, err := s.serving(ctx, here, there)
		switch {
		case err != nil:
			return &ForeignServerError{there.String(), true}
		case slices.ContainsFunc(whose, func(uid int) bool { return s.judge(uid) == foreignPeer }):
			return &ForeignServerError{there.String(), false}
		case len(whose) > 0 || !known:
			return nil
		}
	}
	return &ForeignServerError{there.String(), true}
}

// serving lists the users of the sockets at the server's end of a connection,
// and says whether this end is in the table.
func (s sockets) serving(ctx context.Context, here, there netip.AddrPort) (whose []int, known bool, err error) {
	err = s.scan(ctx, there.Port(), func(row socket) bool {
		switch {
		case row.local.Port() != there.Port() && row.remote == there && row.local == here:
			known = true
		case row.state == listening && row.local.Port() == there.Port() && (row.local.Addr() == there.Addr() || row.local.Addr().IsUnspecified()),
			row.local == there && row.remote == here && row.inode != 0:
			whose = append(whose, row.uid)
		}
		return true
	})
	return whose, known, err
}

package loopback

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// maxTable bounds what is read of one table of sockets, in bytes: some
	// 400,000 sockets.
	maxTable = 64 << 20
	// tableTime bounds how long all of it may take.
	tableTime = 2 * time.Second
)

// peer says whose the other end of a connection is.
type peer int

const (
	unknownPeer peer = iota // the system does not tell
	ownPeer                 // this user's, or root's
	foreignPeer             // another user's
	gonePeer                // nobody's any more: it was closed at once
	hiddenPeer              // there are too many sockets to look through
)

// refusal is the hint about an answer that such a peer brought; "" means that
// the answer counts.
func (p peer) refusal() string {
	const then = " Still waiting; if it was your own browser, paste the address that it shows."
	switch p {
	case foreignPeer:
		return "Another user of this machine brought an answer to this sign-in, which was refused: somebody may have read the address that you opened." + then
	case gonePeer:
		return "An answer came over a connection that was closed at once, so nobody can tell whose it was; it was refused." + then
	case hiddenPeer:
		return "An answer came, but this machine has so many connections that nobody can tell whose it was; it was refused." + then
	}
	return ""
}

// sockets is the system's list of TCP sockets with their owners, which Linux
// has in /proc/net/tcp and /proc/net/tcp6. Elsewhere there is none, and every
// peer is unknown.
type sockets struct {
	open func(path string) (io.ReadCloser, error)
	uids []int // whose answers count
}

func thisMachine() sockets {
	return sockets{
		open: func(path string) (io.ReadCloser, error) { return os.Open(path) },
		uids: []int{0, os.Getuid(), os.Geteuid()},
	}
}

// tells reports whether the tables know the listener itself, and so will tell
// whose the connections to it are.
func (s sockets) tells(at redirect) bool {
	port, err := strconv.ParseUint(at.port, 10, 16)
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), tableTime)
	defer cancel()
	here := netip.AddrPortFrom(netip.IPv6Loopback(), uint16(port))
	found, err := s.look(ctx, here, netip.AddrPort{})
	return err == nil && found.listening
}

// of says whose the connection of a request is.
func (s sockets) of(r *http.Request) peer {
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if local == nil {
		return unknownPeer
	}
	here, hereErr := netip.ParseAddrPort(local.String())
	there, thereErr := netip.ParseAddrPort(r.RemoteAddr)
	if hereErr != nil || thereErr != nil {
		return unknownPeer
	}
	return s.peer(unmap(here), unmap(there))
}

func unmap(a netip.AddrPort) netip.AddrPort { return netip.AddrPortFrom(a.Addr().Unmap(), a.Port()) }

// peer finds out whose the other end of a connection on this machine is;
// local is the listener's end.
//
//	row of the peer's socket    | row of ours     | peer
//	----------------------------|-----------------|--------
//	with an inode, of our users | any             | own
//	with an inode, of another   | any             | foreign
//	without one                 | any             | gone
//	none                        | established     | unknown
//	none                        | closing or none | gone
//
// A closed socket has no inode, and on most kernels root as its owner, so its
// row proves nothing; neither does the lack of one once the peer has hung up,
// or everybody could answer, as long as they hang up quickly. A browser waits
// for its page. A peer without a row whose connection lives is outside of this
// kernel's table: a relay, as WSL has one. Where not even the listener has a
// row, or there is no table, nothing can be told.
func (s sockets) peer(local, remote netip.AddrPort) peer {
	ctx, cancel := context.WithTimeout(context.Background(), tableTime)
	defer cancel()
	// The kernel gives the table in pieces: while others open and close
	// sockets, a row can be missed once.
	for range 3 {
		found, err := s.look(ctx, local, remote)
		switch {
		case err != nil:
			return hiddenPeer
		case found.peer != nil && found.peer.inode == 0:
			return gonePeer
		case found.peer != nil:
			return s.judge(found.peer.uid)
		case found.own == nil && !found.listening:
			return unknownPeer
		case found.own == nil || found.own.state != established:
			return gonePeer
		}
	}
	return unknownPeer
}

func (s sockets) judge(uid int) peer {
	switch {
	case slices.Contains(s.uids, uid):
		return ownPeer
	case s.unmapped(uid):
		return unknownPeer
	}
	return foreignPeer
}

// unmapped reports whether uid may stand for users that this user namespace
// has no number for: root outside of a container, who forwards its ports.
func (s sockets) unmapped(uid int) bool {
	all := strings.Fields(s.text("/proc/self/uid_map"))
	if len(all) == 0 || slices.Equal(all, []string{"0", "0", "4294967295"}) {
		return false
	}
	overflow, err := strconv.Atoi(strings.TrimSpace(s.text("/proc/sys/kernel/overflowuid")))
	return err == nil && uid == overflow
}

func (s sockets) text(path string) string {
	f, err := s.open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(f, 1<<10))
	return string(b)
}

// found is what the tables say of one connection.
type found struct {
	peer, own *socket
	listening bool // the listener itself has a row
}

var errTooMany = errors.New("there are too many sockets")

// look reads both tables until the peer's row is found. A socket for IPv6 that
// speaks IPv4 stands in the other table.
func (s sockets) look(ctx context.Context, local, remote netip.AddrPort) (out found, err error) {
	err = s.scan(ctx, local.Port(), func(row socket) bool {
		switch {
		case row.state == listening && row.local.Port() == local.Port():
			out.listening = true
		case row.local == remote && row.remote == local:
			out.peer = &row
		case row.local == local && row.remote == remote:
			out.own = &row
		}
		return out.peer == nil
	})
	return out, err
}

// scan visits the rows of both tables that hold a port, until visit wants no
// more.
func (s sockets) scan(ctx context.Context, port uint16, visit func(socket) (more bool)) error {
	for _, path := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		if more, err := s.scanFile(ctx, path, port, visit); err != nil || !more {
			return err
		}
	}
	return nil
}

func (s sockets) scanFile(ctx context.Context, path string, port uint16, visit func(socket) (more bool)) (more bool, err error) {
	f, err := s.open(path)
	if err != nil {
		return true, nil //nolint:nilerr // No table is no fault: nothing can be told then.
	}
	defer f.Close()
	limited := &io.LimitedReader{R: f, N: maxTable}
	lines := bufio.NewScanner(limited)
	has := fmt.Appendf(nil, ":%04X ", port)
	for n := 0; lines.Scan(); n++ {
		if n%1000 == 0 && ctx.Err() != nil {
			return false, errTooMany
		}
		line := lines.Bytes()
		if !bytes.Contains(line, has) { // cheaper than taking each row apart
			continue
		}
		if row, ok := parseSocket(line); ok && !visit(row) {
			return false, nil
		}
	}
	if limited.N <= 0 || errors.Is(lines.Err(), bufio.ErrTooLong) {
		return false, errTooMany
	}
	return true, nil
}

// States of a TCP socket, as Linux counts them.
const (
	established = 0x01
	listening   = 0x0a
)

// socket is one row of a table.
type socket struct {
	local, remote netip.AddrPort // never IPv4 written as IPv6
	state         int
	uid           int
	inode         uint64 // 0 when no program has it open
}

// parseSocket reads a row, such as
//
//	0: 0100007F:1F90 0100007F:9D2A 01 00000000:00000000 00:00000000 00000000  1000        0 5112 1 …
func parseSocket(line []byte) (socket, bool) {
	f := bytes.Fields(line)
	if len(f) < 10 {
		return socket{}, false
	}
	local, okLocal := parseEnd(string(f[1]))
	remote, okRemote := parseEnd(string(f[2]))
	state, stateErr := strconv.ParseUint(string(f[3]), 16, 8)
	uid, uidErr := strconv.ParseUint(string(f[7]), 10, 32)
	inode, inodeErr := strconv.ParseUint(string(f[9]), 10, 64)
	ok := okLocal && okRemote && stateErr == nil && uidErr == nil && inodeErr == nil
	return socket{local, remote, int(state), int(uid), inode}, ok
}

// parseEnd reads an address and a port. The address comes as words of 32 bits
// in the machine's own order, the port as a number.
func parseEnd(text string) (netip.AddrPort, bool) {
	words, port, _ := strings.Cut(text, ":")
	n, err := strconv.ParseUint(port, 16, 16)
	raw, hexErr := hex.DecodeString(words)
	if err != nil || hexErr != nil || len(raw)%4 != 0 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(raw); i += 4 {
		binary.NativeEndian.PutUint32(raw[i:], binary.BigEndian.Uint32(raw[i:]))
	}
	addr, ok := netip.AddrFromSlice(raw)
	return netip.AddrPortFrom(addr.Unmap(), uint16(n)), ok
}

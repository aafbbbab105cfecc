package loopback

import (
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"strings"
	"testing"
)

// tables is a machine's files.
type tables map[string]string

func (t tables) sockets(uids ...int) sockets {
	return sockets{uids: append(uids, 0), open: func(path string) (io.ReadCloser, error) {
		text, ok := t[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(strings.NewReader(text)), nil
	}}
}

const (
	header4 = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	header6 = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
)

// tableRow writes a row as Linux does on a machine of either byte order.
func tableRow(local, remote string, state, uid, inode int) string {
	return fmt.Sprintf("   0: %s %s %02X 00000000:00000000 00:00000000 00000000 %5d        0 %d 1 0000000000000000 20 4 30 10 -1\n",
		tableEnd(local), tableEnd(remote), state, uid, inode)
}

func tableEnd(text string) string {
	end := netip.MustParseAddrPort(text)
	raw := end.Addr().AsSlice()
	for i := 0; i < len(raw); i += 4 {
		binary.BigEndian.PutUint32(raw[i:], binary.NativeEndian.Uint32(raw[i:]))
	}
	return fmt.Sprintf("%X:%04X", raw, end.Port())
}

func TestParseSocket(t *testing.T) {
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the rows below come from a little-endian machine")
	}
	tests := map[string]struct {
		row  string
		want socket
	}{
		"IPv4": {
			"   1: 0100007F:1F90 0100007F:9D2A 01 00000000:00000000 00:00000000 00000000  1000        0 5112 1 000000009342bc25 20 4 30 10 -1",
			socket{netip.MustParseAddrPort("127.0.0.1:8080"), netip.MustParseAddrPort("127.0.0.1:40234"), established, 1000, 5112},
		},
		"a listener": {
			"   0: 00000000:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1544 1 000000009342bc25 100 0 0 10 0",
			socket{netip.MustParseAddrPort("0.0.0.0:2024"), netip.MustParseAddrPort("0.0.0.0:0"), listening, 0, 1544},
		},
		"one that was closed": {
			"   3: 0100007F:E3D2 0100007F:9409 06 00000000:00000000 03:0000129A 00000000     0        0 0 3 00000000e0333a89",
			socket{netip.MustParseAddrPort("127.0.0.1:58322"), netip.MustParseAddrPort("127.0.0.1:37897"), 6, 0, 0},
		},
		"IPv6": {
			"   0: 00000000000000000000000001000000:877D 00000000000000000000000001000000:A1D4 01 00000000:00000000 03:000003EB 00000000   501        0 77 3 0000000045e1ed27",
			socket{netip.MustParseAddrPort("[::1]:34685"), netip.MustParseAddrPort("[::1]:41428"), established, 501, 77},
		},
		"IPv4 in IPv6": {
			"   0: 0000000000000000FFFF00000100007F:877D 0000000000000000FFFF00000100007F:A1D4 01 00000000:00000000 03:000003EB 00000000   501        0 77 3 0000000045e1ed27",
			socket{netip.MustParseAddrPort("127.0.0.1:34685"), netip.MustParseAddrPort("127.0.0.1:41428"), established, 501, 77},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := parseSocket([]byte(tt.row))
			if !ok || got != tt.want {
				t.Errorf("read %+v (%v), want %+v", got, ok, tt.want)
			}
		})
	}
	for _, bad := range []string{
		"", header4, "a b c d e f g h i j k", "0: 0100007F:1F90 0100007F:9D2A 01 0 0 0 1000 0",
		"0: 0100007F 0100007F:9D2A 01 0 0 0 1000 0 5", "0: 01007F:1F90 0100007F:9D2A 01 0 0 0 1000 0 5", "0: 0100007F:1F90 0100007F:19D2A 01 0 0 0 1000 0 5",
		"0: 0100007F:1F90 0100007F:9D2A 01 0 0 0 -1 0 5", "0: 0100007F:1F90 0100007F:9D2A 01 0 0 0 99999999999 0 5", "0: 0100007F:1F90 0100007F:9D2A 01 0 0 0 1000 0 x",
		"0: :1F90 :9D2A 01 0 0 0 1000 0 5",
	} {
		if row, ok := parseSocket([]byte(bad)); ok {
			t.Errorf("%q was read as %+v", bad, row)
		}
	}
}

func FuzzParseSocket(f *testing.F) {
	f.Add(tableRow("127.0.0.1:8501", "[::ffff:127.0.0.1]:40000", established, 1000, 9))
	f.Fuzz(func(t *testing.T, row string) {
		if s, ok := parseSocket([]byte(row)); ok && (!s.local.IsValid() || !s.remote.IsValid() || s.local.Addr().Is4In6()) {
			t.Errorf("%q gave %+v", row, s)
		}
	})
}

// everybodyIsForeign is a machine where every connection is another user's.
func everybodyIsForeign() sockets {
	real := thisMachine()
	return sockets{uids: []int{1 << 30}, open: func(path string) (io.ReadCloser, error) {
		f, err := real.open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		all, err := io.ReadAll(f)
		return io.NopCloser(strings.NewReader(string(all))), err
	}}
}

func TestU1WhoseAConnectionIs(t *testing.T) {
	const (
		here, there   = "127.0.0.1:8501", "127.0.0.1:40000"
		here6, there6 = "[::1]:8501", "[::1]:40000"
		mapped        = "[::ffff:127.0.0.1]:"
	)
	listener := tableRow(here, "0.0.0.0:0", listening, 1000, 5)
	ours := tableRow(here, there, established, 1000, 6)
	tcp := func(rows ...string) tables { return tables{"/proc/net/tcp": header4 + strings.Join(rows, "")} }
	container := func(map_ string, uid int) tables {
		t := tcp(listener, ours, tableRow(there, here, established, uid, 7))
		t["/proc/self/uid_map"], t["/proc/sys/kernel/overflowuid"] = map_, "65534\n"
		return t
	}
	tests := map[string]struct {
		files tables
		six   bool
		want  peer
	}{
		"this user":                            {tcp(listener, ours, tableRow(there, here, established, 1000, 7)), false, ownPeer},
		"root":                                 {tcp(listener, ours, tableRow(there, here, established, 0, 7)), false, ownPeer},
		"another user":                         {tcp(listener, ours, tableRow(there, here, established, 1001, 7)), false, foreignPeer},
		"another user who sends no more":       {tcp(listener, tableRow(here, there, 8, 1000, 6), tableRow(there, here, 5, 1001, 7)), false, foreignPeer},
		"another user by IPv6":                 {tables{"/proc/net/tcp6": header6 + tableRow(there6, here6, established, 1001, 7)}, true, foreignPeer},
		"this user by IPv6":                    {tables{"/proc/net/tcp6": header6 + tableRow(there6, here6, established, 1000, 7)}, true, ownPeer},
		"another user by a socket for IPv6":    {tables{"/proc/net/tcp": header4 + listener + ours, "/proc/net/tcp6": header6 + tableRow(mapped+"40000", mapped+"8501", established, 1001, 7)}, false, foreignPeer},
		"closed, and so it seems to be root's": {tcp(listener, tableRow(here, there, 8, 1000, 6), tableRow(there, here, 5, 0, 0)), false, gonePeer},
		"waiting for the end":                  {tcp(listener, tableRow(there, here, 6, 0, 0)), false, gonePeer},
		"reset, and so without a row":          {tcp(listener), false, gonePeer},
		"closed, its row gone":                 {tcp(listener, tableRow(here, there, 8, 1000, 6)), false, gonePeer},
		"other users' other connections":       {tcp(listener, ours, tableRow("127.0.0.1:40001", here, established, 1001, 7), tableRow(there, "127.0.0.1:8502", established, 1001, 7), tableRow("127.0.0.2:40000", here, established, 1001, 7), tableRow(there, here, established, 1000, 7)), false, ownPeer},
		"a relay outside of this kernel":       {tcp(listener, ours), false, unknownPeer},
		"no table":                             {tables{}, false, unknownPeer},
		"a table of something else":            {tcp(tableRow("10.0.0.1:22", "10.0.0.2:50000", established, 0, 7)), false, unknownPeer},
		"root outside of a container":          {container("0 1000 1\n", 65534), false, unknownPeer},
		"another user in a container":          {container("0 1000 1\n1 100000 65536\n", 1001), false, foreignPeer},
		"nobody outside of containers":         {container("         0          0 4294967295\n", 65534), false, foreignPeer},
		"a table without end":                  {tcp(strings.Repeat("x", maxTable)), false, hiddenPeer},
		"a table of too many sockets":          {tcp(strings.Repeat(tableRow("10.0.0.1:22", "10.0.0.2:50000", established, 0, 7), maxTable/100)), false, hiddenPeer},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			local, remote := netip.MustParseAddrPort(here), netip.MustParseAddrPort(there)
			if tt.six {
				local, remote = netip.MustParseAddrPort(here6), netip.MustParseAddrPort(there6)
			}
			if got := tt.files.sockets(1000).peer(local, remote); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
			if refused := tt.want.refusal() != ""; refused != (tt.want > ownPeer) {
				t.Errorf("refused: %v", refused)
			}
		})
	}
}

// A row can be missed while others open and close sockets: one reading that
// lacks it does not let anybody in.
func TestU1ARowThatWasMissedOnceIsLookedForAgain(t *testing.T) {
	const here, there = "127.0.0.1:8501", "127.0.0.1:40000"
	ours := header4 + tableRow(here, there, established, 1000, 6)
	readings := []string{ours, ours, ours + tableRow(there, here, established, 1001, 7)}
	s := tables{}.sockets(1000)
	s.open = func(path string) (io.ReadCloser, error) {
		if path != "/proc/net/tcp" || len(readings) == 0 {
			return nil, fs.ErrNotExist
		}
		text := readings[0]
		readings = readings[1:]
		return io.NopCloser(strings.NewReader(text)), nil
	}
	if got := s.peer(netip.MustParseAddrPort(here), netip.MustParseAddrPort(there)); got != foreignPeer {
		t.Errorf("got %d", got)
	}
}

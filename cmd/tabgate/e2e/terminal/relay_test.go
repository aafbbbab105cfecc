//go:build !windows

package terminal

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// relaySocket is the variable that makes this binary a relay.
const relaySocket = "TABGATE_E2E_RELAY"

// relay runs a command on a terminal of its own and stands between that and
// the terminal that it was started on: what the command writes goes to both
// this one and the test, what the test and this one send goes to the command.
// So a test sees to the byte what some other program shows.
func relay(socket string, command []string) error {
	conn, err := net.Dial("unix", socket)
	if err != nil {
		return err
	}
	defer conn.Close()
	w, h, err := term.GetSize(os.Stdin.Fd())
	if err != nil {
		return err
	}
	before, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		return err
	}
	defer term.Restore(os.Stdin.Fd(), before) //nolint:errcheck // nothing could be done
	cmd := exec.Command(command[0], command[1:]...)
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		return err
	}
	after := make(chan string, 100)
	go listen(master, after)
	go io.Copy(master, conn) //nolint:errcheck // ends with the process
	if err := pass(io.MultiWriter(os.Stdout, conn), master); err != nil {
		return err
	}
	ended := cmd.Wait()
	_ = master.Close()
	if err := os.WriteFile(filepath.Join(os.Getenv("HOME"), "modes"), []byte(modes(after)), 0o600); err != nil {
		return err
	}
	return ended
}

// listen passes on what the terminal sends, to the command while there is one.
func listen(to io.Writer, after chan<- string) {
	for b := make([]byte, 1024); ; {
		n, err := os.Stdin.Read(b)
		if err != nil {
			return
		}
		if _, err := to.Write(b[:n]); err != nil {
			after <- string(b[:n])
		}
	}
}

// modes asks the terminal for its modes (DECRQM) and gives its answers. Every
// terminal answers the last question.
func modes(answers <-chan string) (all string) {
	for _, mode := range []int{7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026} {
		fmt.Printf("\x1b[?%d$p", mode)
	}
	fmt.Print("\x1b[c")
	for limit := time.After(patient); !strings.HasSuffix(all, "c"); {
		select {
		case text := <-answers:
			all += text
		case <-limit:
			return all + "no answer"
		}
	}
	return all
}

// pass passes on what is written, no sequence or character in parts, so that
// whoever holds the turn may write to the terminal as well.
func pass(to io.Writer, from io.Reader) error {
	// Sequences that are known or not have ends alike.
	ends, rest, b := newEmulator(1000, 1000), "", make([]byte, 16<<10)
	for {
		n, err := from.Read(b)
		if err != nil { // Linux's word for a terminal that nobody has any more
			return nil
		}
		text := rest + string(b[:n])
		ends.write(string(b[:n]))
		rest = ends.rest
		free, err := turn(os.Getenv("HOME"))
		if err != nil {
			return err
		}
		_, err = io.WriteString(to, strings.TrimSuffix(text, rest))
		free()
		if err != nil {
			return err
		}
	}
}

// turn waits for the turn to write to the terminal.
func turn(home string) (free func(), err error) {
	f, err := os.OpenFile(filepath.Join(home, "turn"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	free = func() { _ = f.Close() } // which unlocks it
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		free()
		return nil, err
	}
	return free, nil
}

// ttyOf is the file that names the terminal in the display of a home.
func ttyOf(home string) string { return filepath.Join(home, "tty") }

// inject writes to the display beside the program, between its sequences.
func inject(home, text string) error {
	free, err := turn(home)
	if err != nil {
		return err
	}
	defer free()
	tty, err := os.ReadFile(ttyOf(home))
	if err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSpace(string(tty)), []byte(text), 0)
}

// A display is a terminal emulator with a screen of its own.
type display interface {
	// open runs a script of sh in a window of w x h.
	open(t *testing.T, p *place, w, h int, script string)
	// rows are the lines of its screen.
	rows() ([]string, error)
}

// relayed is a program in a display, and what a strict terminal makes of its
// output.
type relayed struct {
	*terminal
	display display
}

// show runs the binary in a display, between two lines of a shell.
func (p *place) show(d display, w, h int, args ...string) *relayed {
	p.t.Helper()
	dir, err := os.MkdirTemp("", "relay") // the names of sockets must be short
	if err != nil {
		p.t.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		p.t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	tty := ttyOf(p.home)
	script := p.write("run.sh", fmt.Sprintf("tty > %s.new; mv %s.new %s\necho before\n%s=%s %s %s %s\necho after $?\nexec sleep 600\n",
		tty, tty, tty, relaySocket, listener.Addr(), self, binary, strings.Join(args, " ")))
	s := &relayed{&terminal{t: p.t, emu: newEmulator(w, h), ended: make(chan struct{})}, d}
	s.news, s.emu.mute = sync.NewCond(&s.mu), true // the display answers
	d.open(p.t, p, w, h, script)
	_ = listener.(*net.UnixListener).SetDeadline(time.Now().Add(patient))
	conn, err := listener.Accept()
	if err != nil {
		rows, _ := d.rows()
		p.t.Fatalf("%v; the display shows %q", err, rows)
	}
	if s.master, err = conn.(*net.UnixConn).File(); err != nil {
		p.t.Fatal(err)
	}
	_ = conn.Close() // the file is another handle of it
	go s.read(s.ended)
	p.t.Cleanup(func() {
		_ = listener.Close()
		_ = s.master.Close()
		_ = os.RemoveAll(dir)
	})
	return s
}

// same waits until the display shows what a strict terminal shows.
func (s *relayed) same(what string) {
	s.t.Helper()
	eventually(s.t, what, func() error {
		got, err := s.display.rows()
		if err != nil {
			return err
		}
		s.mu.Lock()
		want := strings.Split(s.emu.text(), "\n")
		s.mu.Unlock()
		for y, line := range want {
			if have := lineOf(got, y); have != trimmed(line) {
				return fmt.Errorf("row %d is\n%q, not\n%q", y, have, trimmed(line))
			}
		}
		return nil
	})
}

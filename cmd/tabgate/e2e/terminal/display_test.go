//go:build !windows

package terminal

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// need gives the path of a program, or skips the test.
func need(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			lacking(t, name+" is not installed", err)
		}
	}
}

// window starts a program that draws windows or stays in the background, and
// ends it with the test. What it says is shown where the test fails.
func window(t *testing.T, p *place, env []string, name string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(name, args...)
	var says lines
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = p.home, append(p.environ(), env...), &says, &says
	cmd.WaitDelay = time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) // its own group: nobody else's
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s says %s", name, says.String())
		}
	})
	return cmd
}

// ask runs a program to its end and gives what it prints.
func ask(p *place, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = p.environ()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, args, err, out)
	}
	return string(out), nil
}

// tmux is asked for its own picture. GNU screen may stand between it and the
// program.
type tmux struct {
	screen bool
	p      *place
	socket string
}

func (d *tmux) open(t *testing.T, p *place, w, h int, script string) {
	need(t, "tmux")
	d.p, d.socket = p, filepath.Join(short(t), "tmux")
	conf, command := p.write("tmux.conf", "set -g status off\n"), "sh "+script
	if d.screen {
		need(t, "screen")
		p.env["SCREENDIR"] = short(t)
		command = "screen -U -S tabgate -c " + p.write("screenrc", "startup_message off\ndefutf8 on\naltscreen on\n") + " " + command
		t.Cleanup(func() { _, _ = ask(p, "screen", "-S", "tabgate", "-X", "quit") })
	}
	if _, err := ask(p, "tmux", "-u", "-S", d.socket, "-f", conf, "new", "-d", "-x", fmt.Sprint(w), "-y", fmt.Sprint(h), command); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = ask(p, "tmux", "-S", d.socket, "kill-server") })
}

func (d *tmux) rows() ([]string, error) {
	out, err := ask(d.p, "tmux", "-S", d.socket, "capture-pane", "-pN")
	return strings.Split(strings.TrimSuffix(out, "\n"), "\n"), err
}

// left names the modes that are not as they are at the start.
func (d *tmux) left() (string, error) {
	out, err := ask(d.p, "tmux", "-S", d.socket, "display", "-p", "#{alternate_on}#{mouse_any_flag}#{mouse_sgr_flag}#{insert_flag}#{origin_flag}#{keypad_flag}#{?wrap_flag,,no wrap}#{?cursor_flag,,no cursor}")
	return strings.Trim(out, "0\n"), err
}

// short makes a directory with a short name, as sockets need.
func short(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// xtermJS is the terminal of many editors and web pages.
type xtermJS struct {
	mu       sync.Mutex
	orders   *json.Encoder
	pictures chan picture
}

// picture is what xterm.js shows.
type picture struct {
	Answer []byte
	Rows   []string
}

func (d *xtermJS) open(t *testing.T, p *place, w, h int, script string) {
	need(t, "node")
	modules := os.Getenv("TABGATE_XTERM")
	if modules == "" {
		lacking(t, "TABGATE_XTERM does not name a node_modules folder with @xterm/headless", errors.New("it is empty"))
	}
	node := exec.Command("node", "testdata/xterm.mjs", fmt.Sprint(w), fmt.Sprint(h))
	node.Env, node.Stderr = append(p.environ(), "TABGATE_XTERM="+modules), os.Stderr
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	shell := exec.Command("sh", script)
	shell.Dir, shell.Env = p.home, p.environ()
	master, err := pty.StartWithSize(shell, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		t.Fatal(err)
	}
	d.orders, d.pictures = json.NewEncoder(in), make(chan picture, 1)
	written := make(chan struct{})
	go func() { defer close(written); d.write(master) }()
	go d.hear(out, master)
	t.Cleanup(func() {
		_ = syscall.Kill(-shell.Process.Pid, syscall.SIGKILL) // its own session: nobody else's
		_ = shell.Wait()
		_ = master.Close()
		<-written
		_ = in.Close()
		_ = node.Wait()
	})
}

// write shows what comes from the program.
func (d *xtermJS) write(master io.Reader) {
	b := make([]byte, 16<<10)
	for {
		n, err := master.Read(b)
		if err != nil {
			return
		}
		_ = d.order(map[string]any{"write": b[:n]})
	}
}

func (d *xtermJS) order(what any) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.orders.Encode(what)
}

// hear passes the terminal's answers on to the program, and pictures to who
// asked.
func (d *xtermJS) hear(out io.Reader, master io.Writer) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var heard picture
		if err := json.Unmarshal(lines.Bytes(), &heard); err != nil {
			continue
		}
		if heard.Answer != nil {
			_, _ = master.Write(heard.Answer)
		} else {
			d.pictures <- heard
		}
	}
}

func (d *xtermJS) look() (picture, error) {
	if err := d.order(map[string]any{"look": true}); err != nil {
		return picture{}, err
	}
	select {
	case now := <-d.pictures:
		return now, nil
	case <-time.After(patient):
		return picture{}, errors.New("xterm.js does not say what it shows")
	}
}

func (d *xtermJS) rows() ([]string, error) {
	now, err := d.look()
	return now.Rows, err
}

// xvfb starts an X server without a screen and points the environment at it.
func xvfb(t *testing.T, p *place) {
	t.Helper()
	need(t, "Xvfb")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1600x900x24", "-nolisten", "tcp")
	cmd.ExtraFiles, cmd.Env = []*os.File{w}, p.environ()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() })
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb tells no display: %v", err)
	}
	p.env["DISPLAY"] = ":" + strings.TrimSpace(number)
}

// xterm prints its screen when its terminal is told to.
type xterm struct {
	home, printed string
	process       *os.Process
}

// printsNothing is what is said of an xterm that does not print.
const printsNothing = "xterm prints nothing"

func (d *xterm) open(t *testing.T, p *place, w, h int, script string) {
	need(t, "xterm")
	xvfb(t, p)
	d.home, d.printed = p.home, filepath.Join(p.home, "printed")
	d.process = window(t, p, nil, "xterm", "-u8", "-geometry", fmt.Sprintf("%dx%d", w, h), "-fa", "DejaVu Sans Mono", "-fs", "8",
		"-xrm", "XTerm*printAttributes: 0", "-xrm", "XTerm*printerCommand: cat > "+d.printed+".new; mv "+d.printed+".new "+d.printed,
		"-e", "sh", script).Process
	eventually(t, "a window of xterm", func() error {
		_, err := os.Stat(ttyOf(p.home))
		return err
	})
}

// rows tells xterm to print its screen, and again where nothing is printed: on
// a busy machine a print gets lost at times.
func (d *xterm) rows() ([]string, error) {
	for limit := time.Now().Add(patient); time.Now().Before(limit); {
		_ = os.Remove(d.printed)
		if err := inject(d.home, "\x1b[i"); err != nil {
			return nil, err
		}
		if text, err := d.print(); err == nil {
			return strings.Split(strings.ReplaceAll(text, "\r", ""), "\n"), nil
		}
	}
	state, _ := exec.Command("ps", "-o", "pid,stat,wchan:20,args", "-p", fmt.Sprint(d.process.Pid), "--ppid", fmt.Sprint(d.process.Pid)).CombinedOutput()
	return nil, fmt.Errorf("%s:\n%s", printsNothing, state)
}

// print waits a while for what xterm prints.
func (d *xterm) print() (text string, err error) {
	for limit := time.Now().Add(3 * time.Second); time.Now().Before(limit); {
		var b []byte
		if b, err = os.ReadFile(d.printed); err == nil {
			return string(b), nil
		}
		<-time.After(5 * time.Millisecond)
	}
	return "", err
}

// kitty is asked over its socket.
type kitty struct {
	p      *place
	socket string
}

func (d *kitty) open(t *testing.T, p *place, w, h int, script string) {
	need(t, "kitty")
	xvfb(t, p)
	d.p, d.socket = p, "unix:"+filepath.Join(short(t), "kitty")
	window(t, p, []string{"LIBGL_ALWAYS_SOFTWARE=1"}, "kitty", "--config", "NONE", "--listen-on", d.socket, "-o", "allow_remote_control=yes",
		"-o", "remember_window_size=no", "-o", fmt.Sprintf("initial_window_width=%dc", w), "-o", fmt.Sprintf("initial_window_height=%dc", h),
		"-o", "font_size=8", "sh", script)
}

func (d *kitty) rows() ([]string, error) {
	out, err := ask(d.p, "kitty", "@", "--to", d.socket, "get-text")
	return strings.Split(out, "\n"), err
}

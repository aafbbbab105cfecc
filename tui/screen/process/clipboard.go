package process

import (
	"context"
	"encoding/binary"
	"errors"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/authtabs/tabgate/tui/screen"
)

// tool is a program that takes the text for a clipboard from its standard
// input.
type tool struct {
	name string
	args []string
	at   screen.Place
	wide bool // it reads UTF-16
}

// tools returns what may reach the person's clipboard, the best first. Over SSH
// only the terminal does: the clipboard of this machine is not theirs. Within
// tmux the rest of the environment may be that of another login.
func tools(goos string, env func(string) string) []tool {
	var all []tool
	add := func(able bool, t tool) {
		if able {
			all = append(all, t)
		}
	}
	if env("TMUX") != "" {
		return []tool{{name: "tmux", args: []string{"load-buffer", "-w", "-"}, at: screen.InTmux}}
	}
	if env("SSH_CONNECTION") != "" || env("SSH_CLIENT") != "" || env("SSH_TTY") != "" {
		return nil
	}
	unix := goos != "windows" && goos != "darwin"
	add(goos == "darwin", tool{name: "pbcopy", at: screen.OnClipboard})
	add(unix && env("WAYLAND_DISPLAY") != "", tool{name: "wl-copy", at: screen.OnClipboard})
	add(unix && env("DISPLAY") != "", tool{name: "xclip", args: []string{"-selection", "clipboard"}, at: screen.OnClipboard})
	add(unix && env("DISPLAY") != "", tool{name: "xsel", args: []string{"--clipboard", "--input"}, at: screen.OnClipboard})
	add(goos == "windows" || env("WSL_DISTRO_NAME") != "", tool{name: "clip.exe", at: screen.OnClipboard, wide: true})
	return all
}

// errNoClipboard says that no program reaches a clipboard.
var errNoClipboard = errors.New("no program reaches a clipboard")

// copy gives a text to the first tool that takes it.
func (t *Terminal) copy(ctx context.Context, text string) (screen.Place, error) {
	for _, tool := range tools(runtime.GOOS, t.env) {
		path, err := exec.LookPath(tool.name)
		if err != nil {
			continue
		}
		if err := t.give(ctx, path, tool, text); err == nil {
			return tool.at, nil
		}
	}
	return screen.Sent, errNoClipboard
}

// give runs a tool with the text as its input, which nobody else can read. One
// that stays behind to serve the text, as those of X11 and Wayland do, is
// neither waited for nor part of this process's group.
func (t *Terminal) give(ctx context.Context, path string, tool tool, text string) error {
	if tool.wide {
		text = wide(text)
	}
	cmd := exec.CommandContext(ctx, path, tool.args...)
	cmd.Stdin = strings.NewReader(text)
	cmd.Env, cmd.SysProcAttr, cmd.WaitDelay = t.toolEnv(), detached(), 100*time.Millisecond
	return cmd.Run()
}

// toolEnv is what of the environment a tool needs: the rest may hold secrets.
func (t *Terminal) toolEnv() (environ []string) {
	for _, name := range strings.Fields("PATH HOME USER LANG LC_ALL LC_CTYPE TERM TMPDIR TMUX TMUX_PANE TMUX_TMPDIR " +
		"DISPLAY XAUTHORITY WAYLAND_DISPLAY XDG_RUNTIME_DIR WSL_DISTRO_NAME WSL_INTEROP SYSTEMROOT") {
		if value := t.env(name); value != "" {
			environ = append(environ, name+"="+value)
		}
	}
	return environ
}

// wide is text in little-endian UTF-16 with a mark that says so: clip.exe takes
// other text for one in the code page of the console.
func wide(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}

// Package browser finds the person's browser, starts it on a sign-in page and
// says why there is none. It does not know what is signed in to, and never
// reads what the browser prints.
//
// # What stands in the argument list
//
// The address that a browser is started with can be read by every user of the
// machine, and the address of a sign-in page has the state in it. So the
// desktop's own opener is given an address of the redirect listener instead,
// which leads nobody but this user's browser on to the sign-in page (see
// loopback.Listener.Start). A private HTML file that redirects would hide the
// state as well, but it breaks more browsers than it helps:
//
//   - xdg-open and open take the program for HTML files, which for many people
//     is an editor, and not the one for web addresses;
//   - browsers in a snap, the default on Ubuntu, read neither hidden folders
//     nor the runtime directory nor the common /tmp, where such a file would
//     be;
//   - nothing tells when the browser has read the file, so it would lie there
//     until the sign-in ends.
//
// Where the system does not tell whose a connection is (macOS, Windows, BSD,
// WSL, ChromeOS), and for a command of the person's own choice, the argument
// list holds the address of the sign-in page. What somebody else answers with
// its state is then told from the person's own by the question who signed in.
package browser

import (
	"os"
	"os/exec"
	"runtime"
)

// Machine is what the search for a browser looks at.
type Machine struct {
	GOOS     string
	Env      func(key string) string
	Environ  func() []string
	Exists   func(path string) bool
	LookPath func(name string) (string, error)
}

// This is the machine that the program runs on, with env as its environment.
func This(env func(key string) string) Machine {
	return Machine{
		GOOS: runtime.GOOS, Env: env, Environ: os.Environ, LookPath: exec.LookPath,
		Exists: func(path string) bool { _, err := os.Stat(path); return err == nil },
	}
}

// Kinds of places from where a browser on this machine may not be the
// person's own.
const (
	SSH       = "ssh"
	WSL       = "wsl"
	Container = "container"
)

// Remote recognises SSH, WSL and containers, in this order, and says how the
// sign-in works there, in one or two lines of which the last will do where
// there is room for one; both are "" on a plain machine.
func Remote(env func(key string) string) (kind, note string) { return This(env).Remote() }

// Remote is the same for a machine that is given.
func (m Machine) Remote() (kind, note string) {
	switch {
	case m.ssh():
		return SSH, "This is an SSH session: open the address in the browser of the machine in front of you, " +
			"then paste the address it ends on, or forward the port."
	case m.wsl():
		return WSL, "This is WSL: the browser of Windows is used; if it cannot reach the answer address, paste the address it ends on."
	case m.container():
		return Container, "This is a container: open the address in the browser outside, then paste the address it ends on.\n" +
			"Or use --network host or your editor's port forwarding; a published port leads nowhere, as only loopback listens."
	}
	return "", ""
}

func (m Machine) ssh() bool {
	return m.Env("SSH_CONNECTION") != "" || m.Env("SSH_TTY") != "" || m.Env("SSH_CLIENT") != ""
}

func (m Machine) wsl() bool {
	return m.Env("WSL_DISTRO_NAME") != "" || m.Env("WSL_INTEROP") != "" ||
		m.GOOS == "linux" && m.Exists("/proc/sys/fs/binfmt_misc/WSLInterop")
}

// elsewhere reports whether an opener here may lead to a browser of another
// system, as in the Linux of ChromeOS. In other containers it starts one
// inside, or one of the host's that shares its network and users.
func (m Machine) elsewhere() bool {
	return m.Exists("/run/systemd/container") || m.Exists("/dev/.cros_milestone")
}

func (m Machine) container() bool {
	for _, key := range []string{"container", "KUBERNETES_SERVICE_HOST", "REMOTE_CONTAINERS", "CODESPACES"} {
		if m.Env(key) != "" {
			return true
		}
	}
	return m.GOOS == "linux" && (m.Exists("/.dockerenv") || m.Exists("/run/.containerenv"))
}

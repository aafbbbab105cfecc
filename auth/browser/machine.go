// Package browser finds the person's browser, starts it on a sign-in page and
// says why there is none. It does not know what is signed in to, and never
// reads what the browser prints.
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

// Remote recognises SSH, WSL and containers, in this order, and gives one
// sentence about how the sign-in works there; both are "" on a plain machine.
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
		return Container, "This is a container: open the address in the browser outside, then paste the address it ends on, " +
			"or publish the port."
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

func (m Machine) container() bool {
	for _, key := range []string{"container", "KUBERNETES_SERVICE_HOST", "REMOTE_CONTAINERS", "CODESPACES"} {
		if m.Env(key) != "" {
			return true
		}
	}
	return m.GOOS == "linux" && (m.Exists("/.dockerenv") || m.Exists("/run/.containerenv"))
}

package config

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/demo"
)

func TestInitWritesOnceAndForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "config.yaml")
	if err := Init(path, demo.Pages()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("theme: dark\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Init(path, demo.Pages()); err == nil || !strings.Contains(err.Error(), "already there") {
		t.Errorf("a second time: %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "theme: dark\n" {
		t.Error("it was overwritten")
	}
	if err := Init(filepath.Join(path, "config.yaml"), demo.Pages()); err == nil {
		t.Error("a file was taken for a folder")
	}
	if err := Init("", demo.Pages()); err == nil || !strings.Contains(err.Error(), "XDG_CONFIG_HOME") {
		t.Errorf("no home: %v", err)
	}
}

// Every commented line of the template is a setting that works.
func TestTheTemplateIsTrue(t *testing.T) {
	template := string(Template(demo.Pages()))
	commented := regexp.MustCompile(`(?m)^( *)# ([a-z_ ]+:.*)$`)
	c := place{yaml: commented.ReplaceAllString(template, "$1$2")}.mustLoad(t)
	if !c.Configured() || c.Browser != "firefox" || c.Figures["dataframe"].File != "figures.csv" || c.Data.Stations == "" || len(c.Pages) != 3 {
		t.Errorf("got %+v", c)
	}
	for _, s := range settings {
		for _, key := range []string{s.yaml, s.top} {
			if key != "" && !strings.Contains(template, key+":") && !strings.Contains(key, "device") && key != "region" && key != "issuer" {
				t.Errorf("the template does not tell of %s", key)
			}
		}
	}
}

func TestDirsFollowTheEnvironmentAndThePlatform(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("the wanted paths are written with slashes")
	}
	tests := map[string]struct {
		goos, env string
		want      Places
	}{
		"Linux":                {"linux", "HOME=/home/a\n", Places{"/home/a/.config/tabgate", "/home/a/.local/state/tabgate", "/home/a/.cache/tabgate"}},
		"XDG":                  {"linux", "HOME=/home/a\nXDG_CONFIG_HOME=/c\nXDG_STATE_HOME=/s\nXDG_CACHE_HOME=/x\n", Places{"/c/tabgate", "/s/tabgate", "/x/tabgate"}},
		"a relative XDG":       {"linux", "HOME=/home/a\nXDG_CONFIG_HOME=c\nXDG_STATE_HOME=\n", Places{"/home/a/.config/tabgate", "/home/a/.local/state/tabgate", "/home/a/.cache/tabgate"}},
		"macOS":                {"darwin", "HOME=/Users/a\n", Places{"/Users/a/Library/Application Support/tabgate", "/Users/a/Library/Application Support/tabgate/state", "/Users/a/Library/Caches/tabgate"}},
		"Windows":              {"windows", "AppData=/R\nLocalAppData=/L\n", Places{"/R/tabgate", "/L/tabgate/state", "/L/tabgate/cache"}},
		"no home":              {"linux", "", Places{}},
		"no home, but its XDG": {"linux", "XDG_STATE_HOME=/s\n", Places{State: "/s/tabgate"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := dirs(test.goos, lookup(test.env))
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if file := got.ConfigFile(); (file == "") != (got.Config == "") {
				t.Errorf("the config file is %q", file)
			}
		})
	}
}

func TestLoopbackNames(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true,
		"localhost.example.com": false, "127.0.0.1.example.com": false, "10.0.0.1": false, "": false, "0.0.0.0": false,
	} {
		if neterr.Loopback(host) != want {
			t.Errorf("%q: want %v", host, want)
		}
	}
}

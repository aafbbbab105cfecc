package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// each calls do for root and every command below it that people see.
func each(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			each(sub, do)
		}
	}
}

func tree(t *testing.T) *cobra.Command {
	t.Helper()
	p := newPlace(t)
	root := newRoot(&world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home})
	root.InitDefaultCompletionCmd()
	return root
}

// readmes lists what is for people to read, the front page first.
var readmes = []string{"README.md", "cmd/tabgate/README.md", "auth/README.md", "tui/README.md", "data/README.md", "data/dashboard/README.md"}

// readme returns all of them as one text.
func readme(t *testing.T) string {
	t.Helper()
	all := ""
	for _, name := range readmes {
		all += fromTop(t, name) + "\n"
	}
	return all
}

func TestTheFrontPageIsShort(t *testing.T) {
	if n := strings.Count(fromTop(t, readmes[0]), "\n"); n > 130 {
		t.Errorf("README.md has %d lines, 130 at most: put it into a README beside the code", n)
	}
}

func TestTheManualNamesEveryCommandAndFlag(t *testing.T) {
	root := tree(t)
	page := strings.NewReplacer(`\-`, "-", `\(aq`, "'").Replace(manual(root))
	each(root, func(cmd *cobra.Command) {
		if !cmd.HasAvailableSubCommands() && !strings.Contains(page, "\n.SS "+cmd.CommandPath()) {
			t.Errorf("the manual lacks %q", cmd.CommandPath())
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && f.Name != "version" && !strings.Contains(page, "--"+f.Name) {
				t.Errorf("the manual lacks --%s of %q", f.Name, cmd.CommandPath())
			}
		})
	})
}

func TestTheManualIsTheSameTwice(t *testing.T) {
	one, two := manual(tree(t)), manual(tree(t))
	if one != two {
		t.Error("two manuals of one program differ: packages could not be built twice alike")
	}
}

func TestManualTextIsNotTakenForMarkup(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a dot that begins a line":     {".env", `\&.env`},
		"a quote that begins a line":   {"'x", `\(aqx`},
		"a hyphen":                     {"--json", `\-\-json`},
		"a backslash":                  {`a\b`, `a\eb`},
		"an empty line":                {"a\n\nb", "a\n.PP\nb"},
		"a line of a list":             {"a\n  b", "a\n.br\n  b"},
		"a percent sign":               {"100%d", "100%d"},
		"a dot inside":                 {"a.b", "a.b"},
		"nothing, so that none is .PP": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := roff(c.text); got != c.want {
				t.Errorf("%q: got %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestTheReadmeNamesEverySetting(t *testing.T) {
	text := readme(t)
	cfg, err := config.Load(config.Options{Env: func(string) (string, bool) { return "", false }, WorkDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"TABGATE_CONFIG": true, "BROWSER": true}
	for _, row := range cfg.Rows() {
		known[row.Key] = true
		if !strings.Contains(text, "`"+row.Key+"`") {
			t.Errorf("the README lacks %s", row.Key)
		}
	}
	for _, name := range regexp.MustCompile("`(TABGATE_[A-Z_]+|COGNITO_[A-Z_]+)`").FindAllStringSubmatch(text, -1) {
		if !known[name[1]] {
			t.Errorf("the README names %s, which is no setting", name[1])
		}
	}
}

// A command in the README is one that runs: its words lead to a command, and
// its flags are flags of that one.
func TestEveryCommandOfTheReadmeExists(t *testing.T) {
	text := readme(t)
	each(tree(t), func(cmd *cobra.Command) {
		if cmd.HasParent() && cmd.Parent().HasParent() {
			return
		}
		if !strings.Contains(text, cmd.Name()) {
			t.Errorf("the README lacks %q", cmd.CommandPath())
		}
	})
	for _, m := range regexp.MustCompile(`(?m)(?:^|[\s(`+"`"+`])(?:tabgate|go run \./cmd/tabgate) ([a-z][^`+"`"+`\n#|>)]*)`).FindAllStringSubmatch(text, -1) {
		if strings.HasPrefix(m[1], "https://") {
			continue // the address of a server, in the place of a command
		}
		cmd, rest, err := tree(t).Find(strings.Fields(m[1]))
		if err != nil || !cmd.HasParent() {
			t.Errorf("the README says %q, which is no command", m[0])
			continue
		}
		for _, word := range rest {
			name, isFlag := strings.CutPrefix(word, "--")
			name, _, _ = strings.Cut(name, "=")
			if isFlag && cmd.Flag(name) == nil && cmd.InheritedFlags().Lookup(name) == nil {
				t.Errorf("the README says %q: no flag --%s", m[0], name)
			}
		}
	}
}

func TestTheReadmeNamesEveryDirectDependency(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct, _, _ := strings.Cut(string(mod), "\n)\n")
	text, found := readme(t), 0
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(direct, -1) {
		found++
		parts := strings.Split(regexp.MustCompile(`/v\d+$`).ReplaceAllString(m[1], ""), "/")
		if name := parts[len(parts)-1]; !strings.Contains(text, name) {
			t.Errorf("the README does not say what %s is for", m[1])
		}
	}
	if found == 0 {
		t.Error("no direct dependency was found in go.mod")
	}
}

// Every command shows what people type, and nothing that does not run.
func TestEveryCommandHasExamplesThatExist(t *testing.T) {
	used := map[string]bool{}
	page := strings.NewReplacer(`\-`, "-", `\(aq`, "'", `\e`, `\`).Replace(manual(tree(t)))
	each(tree(t), func(cmd *cobra.Command) {
		if cmd.HasAvailableSubCommands() || cmd.HasParent() && cmd.Parent().Name() == "completion" {
			return
		}
		used[named(cmd)] = true
		if cmd.Long == "" && cmd.Example == "" {
			t.Errorf("%s has neither a long text nor an example", cmd.CommandPath())
		}
		if cmd.Name() != "help" && cmd.Example == "" {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Example) {
			line = strings.TrimSpace(line)
			if !strings.Contains(page, line) {
				t.Errorf("the manual lacks the example %q", line)
			}
			_, typed, ok := strings.Cut(line, "tabgate ")
			typed, _, _ = strings.Cut(typed, "#")
			typed = regexp.MustCompile(`[|>)].*`).ReplaceAllString(typed, "")
			found, rest, err := tree(t).Find(strings.Fields(typed))
			if !ok || err != nil || found.CommandPath() != cmd.CommandPath() {
				t.Errorf("an example of %s is %q", cmd.CommandPath(), line)
				continue
			}
			for _, word := range rest {
				if name, isFlag := strings.CutPrefix(word, "--"); isFlag && found.Flag(name) == nil && found.InheritedFlags().Lookup(name) == nil {
					t.Errorf("%q: no flag --%s", line, name)
				}
			}
			if len(line) > 76 {
				t.Errorf("%q is too long for a line of 80", line)
			}
		}
	})
	for name := range examples {
		if !used[name] && name != "tabgate" {
			t.Errorf("there are examples for %q, which is no command", name)
		}
	}
}

package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestTheGlobalFlagsAreListedOnce(t *testing.T) {
	p := newPlace(t)
	each(tree(t), func(cmd *cobra.Command) {
		got := p.run(append(strings.Fields(cmd.CommandPath())[1:], "--help")...)
		want := 0
		if !cmd.HasParent() {
			want = 1
		}
		if n := strings.Count(got.out, "--reduced-motion"); got.code != exitDone || n != want {
			t.Errorf("exit %d: %s lists the global flags %d times:\n%s", got.code, cmd.CommandPath(), n, got.out)
		}
		if want == 0 && !strings.HasSuffix(got.out, "The global flags are in: tabgate --help\n") {
			t.Errorf("%s does not say where they are:\n%s", cmd.CommandPath(), got.out)
		}
	})
}

func TestTheManualBeginsWithWhatTheProgramIs(t *testing.T) {
	page := manual(tree(t))
	name, rest, _ := strings.Cut(page, ".SH SYNOPSIS")
	_, about, _ := strings.Cut(rest, ".SH DESCRIPTION\n")
	if !strings.HasSuffix(name, ".SH NAME\ntabgate \\- tabs in your terminal, opened by AWS Cognito groups\n") {
		t.Errorf("it begins %q", name)
	}
	if !strings.HasPrefix(about, ".B tabgate\nis a terminal app of four pages shown as tabs.") {
		t.Errorf("the description begins %.200q", about)
	}
	if at := strings.Index(page, ".SS tabgate completion"); at < strings.Index(page, ".SS tabgate whoami") {
		t.Error("what people look for least comes first")
	}
}

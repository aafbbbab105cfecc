package gate_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestDashboard(t *testing.T) {
	d := serve(t, house())
	for token, want := range map[string][]wire.Access{
		"":      {wire.Open, wire.NeedSignIn, wire.NeedSignIn},
		"ana":   {wire.Open, wire.Open, wire.Open},
		"bob":   {wire.Open, wire.NoGroup, wire.Open},
		"guest": {wire.Open, wire.NoGroup, wire.Open},
	} {
		t.Run("says what opens to "+token, func(t *testing.T) {
			var got wire.Dashboard
			d.get(wire.DashboardPath, token).into(t, &got)
			var access []wire.Access
			for _, p := range got.Pages {
				if access = append(access, p.Access); (p.About != "") != (p.Access == wire.Open && p.ID != "team") {
					t.Errorf("page %s, which is %s, is told to be about %q", p.ID, p.Access, p.About)
				}
			}
			if got.Title != "House" || !strings.Contains(got.Home, "Welcome") || !slices.Equal(access, want) {
				t.Errorf("it is %+v", got)
			}
		})
	}
	t.Run("is told to whom the caller is", func(t *testing.T) {
		var who wire.Whoami
		d.get(wire.WhoamiPath, "ana").into(t, &who)
		if who.Sub != "ana" || !slices.Equal(who.Groups, []string{"Underwriters"}) || who.Exp == 0 {
			t.Errorf("it is %+v", who)
		}
		d.get(wire.WhoamiPath, "").refused(t, http.StatusUnauthorized)
	})
	t.Run("the document says where tokens come from", func(t *testing.T) {
		var doc wire.Resource
		d.get(wire.ResourcePath, "").into(t, &doc)
		if doc.Resource != d.url || len(doc.Servers) != 1 {
			t.Errorf("it is %+v", doc)
		}
	})
}

func TestPage(t *testing.T) {
	d := serve(t, house())
	t.Run("is told to members, in the grammar of a page's file", func(t *testing.T) {
		p := d.page("risk", "ana")
		if len(p.Frames) != 1 || p.Frames[0].Name != "risk" || p.Frames[0].AsOf.IsZero() {
			t.Fatalf("the frames are %+v", p.Frames)
		}
		text := `{"groups":[],"sources":{"risk":{"values":[]}},"inputs":` + string(p.Inputs) + `,"rows":` + string(p.Rows) + `}`
		read, problems := dashboard.ReadPage("pages/risk.json", []byte(text))
		for _, p := range problems {
			if !p.Warning {
				t.Errorf("%s: %v", text, p)
			}
		}
		if in := read.Content.Inputs; len(in) != 4 || !slices.Equal(in[0].Options, []string{"Energy", "Retail"}) {
			t.Errorf("the inputs are %+v", in)
		}
	})
	t.Run("its rows come with their number", func(t *testing.T) {
		a := d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
		if a.body != "name,sector,amount,late\nalpha,Energy,10,true\nbeta,Retail,20,false\n" {
			t.Errorf("they are %q", a.body)
		}
		f, err := wire.ReadCSV(t.Context(), strings.NewReader(a.body), d.page("risk", "ana").Frames[0].Columns, frame.Origin{})
		if err != nil || f.Len() != 2 {
			t.Errorf("they are read as %v, %v", f, err)
		}
	})
	t.Run("as JSON where that is wanted", func(t *testing.T) {
		a := d.get(wire.FramePath("risk", "risk", nil), "ana", "Accept", "application/json").complete(t, "2")
		if !strings.HasPrefix(a.body, `[{"name":"alpha","sector":"Energy","amount":10,"late":true},`) {
			t.Errorf("they are %s", a.body)
		}
	})
}

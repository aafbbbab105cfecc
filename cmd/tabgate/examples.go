package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// examples are what people type, by command: a line each, a remark after #.
var examples = map[string]string{
	"tabgate": `tabgate demo                  # try it: no AWS account, no network
tabgate config init           # set up your own user pool
tabgate doctor                # find what keeps a sign-in from working`,
	"demo": `tabgate demo
tabgate demo --tour --size 80x24    # play it by itself, as text`,
	"run": `tabgate run                   # this folder, if it has pages
tabgate run desk --as Traders # as a member of Traders sees it
tabgate run sales.csv         # your own figures, as table and charts
cat sales.csv | tabgate run -`,
	"serve": `tabgate serve desk            # on this machine: http://127.0.0.1:8443
tabgate serve desk --acme dash.example.com --audit /var/log/tabgate.json
tabgate serve --behind-proxy 127.0.0.1 --public-url https://d.example.com`,
	"init": `tabgate init desk             # then: tabgate run desk
tabgate init desk --from sales.csv`,
	"connect": `tabgate connect https://dash.example.com
tabgate connect https://dash.example.com --yes   # in scripts: only agree
tabgate connect --forget https://dash.example.com`,
	"check": `tabgate check
tabgate check desk --live     # addresses and databases too`,
	"schema": `tabgate schema page > page.schema.json`,
	"login": `tabgate login
tabgate login --no-browser    # over SSH: open the address anywhere
tabgate login --prompt login  # as somebody else than the browser knows
tabgate login --env-file work.env   # with settings of your own file`,
	"logout": `tabgate logout
tabgate logout --local        # leave the browser's session alone
tabgate logout --all          # every profile, user pool and store`,
	"whoami": `tabgate whoami
tabgate whoami --json | jq -r '.groups[]'
tabgate whoami --remote       # ask the user pool too`,
	"token": `curl -H @<(tabgate token --header) https://api.example.com/
tabgate token --header | curl -H @- https://api.example.com/   # any shell
tabgate token id | cut -d. -f2`,
	"pages": `tabgate pages
tabgate pages --json
tabgate pages --server https://dash.example.com`,
	"show": `tabgate show home --size 80x24
tabgate show plotting --format csv --seed 7 > walk.csv
tabgate show mapping --format svg > map.svg
tabgate show dataframe --format json --countries "India,Brazil"
tabgate show exposure --dir desk --panel lines --format csv
tabgate show sales.csv --sort -amount
tabgate show dataframe --format csv --spreadsheet-safe    # for Excel`,
	"chart": `tabgate chart exposure.vl.json
tabgate chart exposure.vl.json --size 160x45 --format ansi
tabgate chart exposure.vl.json --format facts | jq '.cells[0].scales'`,
	"deck": `tabgate deck map.json
tabgate deck map.html --size 160x45 --format ansi
tabgate deck map.json --format facts | jq '.layers[0].items'`,
	"inspect": `tabgate inspect figures.csv
tabgate inspect sales.csv --dates dmy --decimal ,
tabgate inspect figures.csv --json | jq '.columns'`,
	"doctor": `tabgate doctor
tabgate doctor --json | jq '.checks[] | select(.status == "fail")'`,
	"trust": `tabgate trust
tabgate trust ~/work/project --yes    # in scripts: without a question
tabgate trust --forget                # be asked again`,
	"pool serve": `tabgate pool serve
tabgate pool serve --listen 127.0.0.1:9300 --users people.yaml
APP_URI=http://localhost:5000/callback tabgate pool serve`,
	"pool users":         `tabgate pool users`,
	"pool groups add":    `tabgate pool groups add guest@example.com Underwriters`,
	"pool groups remove": `tabgate pool groups remove guest@example.com Underwriters`,
	"config init": `tabgate config init
tabgate --config ./tabgate.yaml config init`,
	"config show": `tabgate config show
tabgate --profile work config show`,
	"config path": `${EDITOR:-vi} "$(tabgate config path)"`,
	"man":         `tabgate man | man -l -`,
}

// addExamples puts the examples into the help of their commands.
func addExamples(cmd *cobra.Command) {
	if text := examples[named(cmd)]; text != "" {
		cmd.Example = "  " + strings.ReplaceAll(text, "\n", "\n  ")
	}
	for _, sub := range cmd.Commands() {
		addExamples(sub)
	}
}

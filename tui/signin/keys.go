package signin

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// boxKeys are the keys of the sign-in box.
var boxKeys = struct{ copy, browser, qr, paste, accept, retry, cancel, back, device, here, people key.Binding }{
	copy:    key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "copy address")),
	browser: key.NewBinding(key.WithKeys("o"), key.WithHelp("o", "open browser")),
	qr:      key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "QR code")),
	paste:   key.NewBinding(key.WithKeys("tab", "h"), key.WithHelp("tab", "type address")),
	accept:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "use pasted address")),
	retry:   key.NewBinding(key.WithKeys("r", "enter"), key.WithHelp("r", "try again")),
	cancel:  key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "cancel")),
	back:    key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "back")),
	device:  key.NewBinding(key.WithKeys("d"), key.WithHelp("d", "device code")),
	here:    key.NewBinding(key.WithKeys("b"), key.WithHelp("b", "log in by browser")),
	people:  key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
}

// Keys implements box.Box.
func (b *Box) Keys() []key.Binding {
	k := boxKeys
	if b.canGoBack() {
		k.cancel = k.people
	}
	switch {
	case b.stage == failed:
		return append([]key.Binding{k.retry, k.cancel}, b.otherWay()...)
	case b.stage == asking:
		return b.prompt.Keys()
	case b.stage == choosing, b.stage == preparing, b.stage == deciding, b.played != "":
		return []key.Binding{k.cancel}
	case b.qr:
		return []key.Binding{k.back, k.copy, k.cancel}
	case b.typing || !b.field.Empty():
		k.accept.SetEnabled(!b.field.Empty())
		return []key.Binding{k.accept, k.cancel}
	}
	keys := []key.Binding{k.copy, k.cancel}
	if b.hasBrowser { // never by device
		keys = append(keys, k.browser)
	}
	if !b.ascii() {
		keys = append(keys, k.qr)
	}
	if !b.byDevice {
		keys = append(keys, k.paste)
	}
	return append(keys, b.otherWay()...)
}

// otherWay is the key to the other kind of sign-in, if there is one.
func (b *Box) otherWay() []key.Binding {
	switch {
	case b.byDevice:
		return []key.Binding{boxKeys.here}
	case b.device != nil:
		return []key.Binding{boxKeys.device}
	}
	return nil
}

// turn takes the key to the other kind of sign-in.
func (b *Box) turn(msg tea.KeyMsg) tea.Cmd {
	switch {
	case b.byDevice && key.Matches(msg, boxKeys.here):
		return b.instead(b.startBrowser)
	case !b.byDevice && b.device != nil && key.Matches(msg, boxKeys.device):
		return b.instead(b.startDevice)
	}
	return nil
}

// Capturing reports whether an address is being typed.
func (b *Box) Capturing() bool { return b.stage == waiting && b.typing }

// TakesText reports whether text that comes in one go is for the address.
func (b *Box) TakesText() bool { return b.stage == waiting && !b.byDevice }

// Wheel implements box.Box.
func (b *Box) Wheel(lines int) {
	if b.stage == asking {
		b.prompt.Wheel(lines)
	}
}

// Key implements box.Box. Pasted text goes to the field whatever has the
// focus, and so does an address that somebody begins to type.
func (b *Box) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if b.stage != asking && key.Matches(msg, boxKeys.cancel) {
		if b.canGoBack() {
			return b.instead(b.Start), false
		}
		return b.Close(), true
	}
	return b.act(msg), false
}

func (b *Box) act(msg tea.KeyMsg) tea.Cmd {
	k := boxKeys
	switch {
	case b.stage == asking:
		return b.decide(msg)
	case b.stage == failed && key.Matches(msg, k.retry):
		return b.again()
	case b.stage == failed:
		return b.turn(msg)
	case b.stage == choosing:
		return b.choose(msg)
	case b.stage != waiting, b.played != "":
		return nil
	case b.byDevice:
		return b.command(msg)
	case msg.Paste, msg.Type == tea.KeyRunes && len(msg.Runes) > 1:
		return b.paste(msg)
	case key.Matches(msg, k.accept):
		return b.submit()
	case b.typing:
		return b.typed(msg)
	}
	return b.command(msg)
}

func (r *run) paste(msg tea.KeyMsg) tea.Cmd {
	if msg.Paste {
		r.field.Clear() // A paste is a whole address: it replaces an older one.
	}
	r.field.Insert(msg.Runes)
	r.typing, r.qr = true, false
	if msg.Paste && whole(r.field.String()) {
		return r.submit()
	}
	return nil
}

func (r *run) typed(msg tea.KeyMsg) tea.Cmd {
	if msg.String() == "tab" {
		r.typing = false
		return nil
	}
	r.field.Key(msg)
	return nil
}

func (b *Box) command(msg tea.KeyMsg) tea.Cmd {
	k := boxKeys
	switch {
	case key.Matches(msg, k.copy):
		return page.Send(page.Copy{Text: b.url, What: "Address"})
	case !b.ascii() && key.Matches(msg, k.qr):
		b.qr = !b.qr && b.QR != nil
	case b.byDevice:
		return b.turn(msg)
	case b.hasBrowser && key.Matches(msg, k.browser):
		return b.openBrowser()
	case key.Matches(msg, k.paste):
		b.typing, b.qr = true, false
		if msg.Type == tea.KeyRunes {
			b.field.Insert(msg.Runes)
		}
	default:
		return b.turn(msg)
	}
	return nil
}

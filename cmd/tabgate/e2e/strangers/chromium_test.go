package strangers

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"testing"
	"time"
)

// browser is a real Chromium without a window, driven over the DevTools
// protocol through a pipe: no port, no driver, no library.
type browser struct {
	t    *testing.T
	w    io.Writer
	page string // the session of its only tab

	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
}

type answer struct {
	ID     int             `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

type object map[string]any

func chromium(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		without(t, "Go hands no pipes to other programs on Windows")
	}
	for _, name := range []string{os.Getenv("TABGATE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	without(t, "Chromium is not installed")
	return ""
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	path := chromium(t)
	profile, err := os.MkdirTemp("", "tabgate-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+profile, "--remote-debugging-pipe")
	toR, toW := pipe(t)
	fromR, fromW := pipe(t)
	cmd.ExtraFiles = []*os.File{toR, fromW} // Its descriptors 3 and 4.
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	toR.Close()
	fromW.Close()
	b := &browser{t: t, w: toW, waiting: map[int]chan answer{}}
	t.Cleanup(func() {
		toW.Close() // It ends with its pipe.
		end := time.AfterFunc(5*time.Second, func() { cmd.Process.Kill() })
		defer end.Stop()
		cmd.Wait()
		fromR.Close()
		os.RemoveAll(profile) // Its children may still write; what stays is in the temporary directory.
	})
	go b.listen(fromR)
	b.openTab()
	return b
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

// listen hands answers to who waits for them. Messages end with a zero byte.
func (b *browser) listen(r io.Reader) {
	in := bufio.NewReader(r)
	for {
		raw, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var a answer
		if json.Unmarshal(raw[:len(raw)-1], &a) != nil || a.ID == 0 {
			continue // An event, of which we want none.
		}
		b.mu.Lock()
		waiting := b.waiting[a.ID]
		delete(b.waiting, a.ID)
		b.mu.Unlock()
		if waiting != nil {
			waiting <- a
		}
	}
}

// call does one thing; into is where its result goes, nil for nowhere.
func (b *browser) call(method string, params object, into any) {
	b.t.Helper()
	if err := b.try(method, params, into); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
}

// try is call for what a change of page may interrupt.
func (b *browser) try(method string, params object, into any) error {
	b.mu.Lock()
	b.last++
	message := object{"id": b.last, "method": method, "params": params}
	done := make(chan answer, 1)
	b.waiting[b.last] = done
	b.mu.Unlock()
	if b.page != "" {
		message["sessionId"] = b.page
	}
	raw, err := json.Marshal(message)
	if err == nil {
		_, err = b.w.Write(append(raw, 0))
	}
	if err != nil {
		return err
	}
	select {
	case a := <-done:
		switch {
		case a.Error != nil:
			return errors.New(a.Error.Message)
		case into != nil:
			return json.Unmarshal(a.Result, into)
		}
		return nil
	case <-time.After(patience):
		return errors.New("no answer from Chromium")
	}
}

func (b *browser) openTab() {
	b.t.Helper()
	var target struct{ TargetID string }
	b.call("Target.createTarget", object{"url": "about:blank"}, &target)
	var session struct{ SessionID string }
	b.call("Target.attachToTarget", object{"targetId": target.TargetID, "flatten": true}, &session)
	b.page = session.SessionID
}

func (b *browser) open(address string) {
	b.t.Helper()
	b.call("Page.navigate", object{"url": address}, nil)
}

// ask gives the value of a JavaScript expression as text, "" where the page
// is just changing.
func (b *browser) ask(expression string) string {
	b.t.Helper()
	var got struct {
		Result struct{ Value any }
	}
	if err := b.try("Runtime.evaluate", object{"expression": "String(" + expression + ")", "returnByValue": true}, &got); err != nil {
		return ""
	}
	text, _ := got.Result.Value.(string)
	return text
}

// until waits for a JavaScript expression to become true.
func (b *browser) until(expression string) {
	b.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(patience); b.ask(expression) != "true"; {
		select {
		case <-tick.C:
		case <-deadline:
			b.t.Fatalf("in vain for %s at %s:\n%s", expression, b.ask("location.origin+location.pathname"), b.ask("document.body.innerText"))
		}
	}
}

// write types text into the field that has the focus.
func (b *browser) write(text string) {
	b.t.Helper()
	b.call("Input.insertText", object{"text": text}, nil)
}

// press presses a key: Tab or Enter.
func (b *browser) press(key string) {
	b.t.Helper()
	code, text := map[string]int{"Tab": 9, "Enter": 13}[key], map[string]string{"Enter": "\r"}[key]
	down := object{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text}
	b.call("Input.dispatchKeyEvent", down, nil)
	b.call("Input.dispatchKeyEvent", object{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code}, nil)
}

// visited are the addresses in the tab's history.
func (b *browser) visited() []string {
	b.t.Helper()
	var history struct {
		Entries []struct{ URL string }
	}
	b.call("Page.getNavigationHistory", object{}, &history)
	var all []string
	for _, e := range history.Entries {
		all = append(all, e.URL)
	}
	return all
}

package io.flinkyarn.autoscaler.testing.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One page in a Chromium: what a person does with it, what is to be seen, and what it has asked the network for. */
public final class Page {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, Integer> KEYS =
            Map.of("Tab", 9, "Enter", 13, "Escape", 27, "ArrowDown", 40, "ArrowUp", 38);

    private final DevTools tools;

    Page(DevTools tools) throws IOException {
        this.tools = tools;
        for (String domain : List.of("Page", "Runtime", "Network", "Log", "Performance")) {
            tools.send(domain + ".enable");
        }
        resize(1440, 900);
    }

    public void resize(int width, int height) throws IOException {
        tools.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** As the system of a person says who likes it dark. */
    public void prefer(String colorScheme) throws IOException {
        tools.send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    /** Goes there, and forgets what was said before. */
    public void go(String address) throws IOException {
        tools.forgetEvents();
        tools.send("Page.navigate", Map.of("url", address));
        until("document.readyState === 'complete' && location.href.startsWith('" + address.split("#")[0] + "')");
    }

    /** The value of an expression; a promise is waited for. */
    public JsonNode evaluate(String script) throws IOException {
        JsonNode answer = tools.send(
                "Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(script + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** @throws IOException that says what has not come true, and what is on the page */
    public void until(String condition) throws IOException {
        String watch =
                "new Promise(done => { const end = Date.now() + " + PATIENCE.toMillis() + "; const look = () => {"
                        + " let holds = false; try { holds = Boolean(" + condition + "); } catch (e) { holds = false; }"
                        + " if (holds || Date.now() > end) done(holds); else setTimeout(look, 25); }; look(); })";
        if (!evaluate(watch).asBoolean()) {
            throw new IOException("not within " + PATIENCE.toSeconds() + " s: " + condition + "\nerrors: " + errors()
                    + "\npage: " + evaluate("document.body.innerText").asText());
        }
    }

    /** Of the first element that fits, as it is to be read; white space is one space. */
    public String text(String selector) throws IOException {
        until(element(selector));
        return evaluate(element(selector) + ".innerText.replace(/\\s+/g, ' ').trim()")
                .asText();
    }

    public List<String> texts(String selector) throws IOException {
        JsonNode all = evaluate("[...document.querySelectorAll(" + quoted(selector)
                + ")].map(e => e.innerText.replace(/\\s+/g, ' ').trim())");
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
                .map(i -> all.get(i).asText())
                .toList();
    }

    public int count(String selector) throws IOException {
        return evaluate("document.querySelectorAll(" + quoted(selector) + ").length")
                .asInt();
    }

    /** A press of the mouse in the middle of the element. */
    public void click(String selector) throws IOException {
        until(element(selector));
        JsonNode at = evaluate("(() => { const e = " + element(selector)
                + "; e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tools.send(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.get("x").asDouble(),
                            "y",
                            at.get("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Types into the element. */
    public void type(String selector, String text) throws IOException {
        until(element(selector));
        evaluate(element(selector) + ".focus()");
        tools.send("Input.insertText", Map.of("text", text));
    }

    /** Presses one key, for instance Tab or ArrowDown. */
    public void press(String key) throws IOException {
        int code = KEYS.getOrDefault(key, 0);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            tools.send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
            if (key.equals("Enter") && type.equals("rawKeyDown")) {
                tools.send("Input.dispatchKeyEvent", Map.of("type", "char", "key", key, "text", "\r"));
            }
        }
    }

    /** Where the page has asked for anything but its own data in the address. */
    public List<URI> requests() {
        return tools.events("Network.requestWillBeSent").stream()
                .map(event -> event.params().path("request").path("url").asText())
                .filter(url -> !url.startsWith("data:") && !url.startsWith("about:"))
                .map(URI::create)
                .toList();
    }

    /** What a person would see in red in the console. */
    public List<String> errors() {
        Stream<String> logged = tools.events("Log.entryAdded").stream()
                .filter(event ->
                        event.params().path("entry").path("level").asText().equals("error"))
                .map(event -> event.params().path("entry").toString());
        Stream<String> thrown = tools.events("Runtime.exceptionThrown").stream()
                .map(event -> event.params().toString());
        Stream<String> called = tools.events("Runtime.consoleAPICalled").stream()
                .filter(event -> event.params().path("type").asText().equals("error"))
                .map(event -> event.params().toString());
        return Stream.of(logged, thrown, called).flatMap(s -> s).toList();
    }

    /** What is in sight, or all of the page. */
    public void screenshot(Path file, boolean whole) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        JsonNode shot = tools.send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
        Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
    }

    private static String element(String selector) {
        return "document.querySelector(" + quoted(selector) + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

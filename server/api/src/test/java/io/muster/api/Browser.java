package io.muster.api;

import io.muster.encoding.Tether;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The system's own Chromium, headless, with a profile of its own. Where it is missing, tests fail and say what to
/// install: a skipped browser test looks like a passed one.
final class Browser implements AutoCloseable {
    /// Generous: a busy machine starts a browser slowly, and a page that is right in the end is right.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofSeconds(3);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Starts it with a new profile in `folder`.
    static Browser start(Path folder) {
        // Naming both programs keeps Selenium from looking for, and downloading, its own.
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(tethered(folder, program("MUSTER_CHROMEDRIVER", "/usr/bin/chromedriver")))
                .usingAnyFreePort()
                .build();
        var options = new ChromeOptions();
        options.setBinary(tethered(folder, program("MUSTER_CHROMIUM", "/usr/bin/chromium")));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(LOOK).pageLoadTimeout(PATIENCE);
        return new Browser(driver);
    }

    private static File tethered(Path folder, File program) {
        return Tether.program(folder.resolve(program.getName()), program.toPath())
                .toFile();
    }

    /// Gives the page that many pixels to stand in; a headless window cannot be made as narrow as a phone.
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Goes on in a new tab, which knows no key, no size and no complaint of the one before, and closes that.
    void newTab() {
        String before = driver.getWindowHandle();
        String next = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        driver.switchTo().window(before).close();
        driver.switchTo().window(next);
        complaints();
    }

    void open(String address) {
        driver.get(address);
    }

    /// Waits until a JavaScript expression is true of the page, also where the page goes elsewhere meanwhile.
    void await(String condition) {
        long start = System.nanoTime();
        while (!isTrueWithinALook(condition)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError(condition + " did not become true; the page at " + address() + " says: "
                        + text("content") + " and complains: " + complaints());
            }
        }
    }

    /// A script that a page takes along when it goes elsewhere never answers, so each look is a short one.
    private boolean isTrueWithinALook(String condition) {
        try {
            Object isTrue = driver.executeAsyncScript("const done = arguments[arguments.length - 1]; let left = 25;"
                    + "(function look() { const is = !!(" + condition + ");"
                    + "if (is || --left === 0) done(is); else setTimeout(look, 20); })();");
            return Boolean.TRUE.equals(isTrue);
        } catch (ScriptTimeoutException | JavascriptException e) {
            return false;
        }
    }

    /// The text of the element with that id.
    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /// Presses a key, by its name in [Keys], where that element is.
    void press(String id, String key) {
        driver.findElement(By.id(id)).sendKeys(Keys.valueOf(key));
    }

    /// A picture of the page as far as it is seen.
    void picture(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /// Types into the field with that id and submits its form.
    void enter(String id, String text) {
        var field = driver.findElement(By.id(id));
        field.sendKeys(text);
        field.submit();
    }

    Object evaluate(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    /// What the browser complained of: faults in scripts, and whatever the content security policy stopped.
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static File program(String variable, String usual) {
        String chosen = System.getenv().getOrDefault(variable, usual);
        if (!Files.isExecutable(Path.of(chosen))) {
            throw new AssertionError("the browser test needs " + chosen
                    + ": install Chromium and its driver (Debian: apt-get install chromium chromium-driver), or name"
                    + " another with " + variable);
        }
        return new File(chosen);
    }
}

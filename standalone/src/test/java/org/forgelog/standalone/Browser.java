package org.forgelog.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium without a window, used as a person uses it. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TABS = 60;
    /** What a picture shows of a page, in pixels from its top. */
    private static final int LONGEST = 900;

    private final ChromeDriver driver;
    private final String base;

    private Browser(ChromeDriver driver, String base) {
        this.driver = driver;
        this.base = base;
    }

    /** Why there is no browser to use; {@code null} when there is one. */
    static @Nullable String whatIsMissing() {
        return program("chromium", "chromium-browser", "google-chrome") == null
                ? "no Chromium on the PATH"
                : program("chromedriver") == null ? "no chromedriver on the PATH" : null;
    }

    private static @Nullable Path program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** @param base where the service is */
    static Browser open(String base) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(String.valueOf(program("chromium", "chromium-browser", "google-chrome")));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--force-prefers-reduced-motion",
                "--lang=en");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, Level.ALL.getName()));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(String.valueOf(program("chromedriver"))))
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), base);
        browser.width(1280);
        return browser;
    }

    void go(String path) {
        driver.get(base + path);
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl()).substring(base.length());
    }

    void width(int pixels) {
        size(pixels, 900);
    }

    private void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String lightOrDark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    /** How much wider the page is than the window. */
    long overflow() {
        return number("return document.documentElement.scrollWidth - window.innerWidth");
    }

    /** The elements that do not fit. */
    String tooWide() {
        return String.valueOf(
                ((JavascriptExecutor) driver)
                        .executeScript(
                                """
                        return [...document.querySelectorAll('body *')]
                          .filter(e => e.getBoundingClientRect().right > window.innerWidth)
                          .map(e => e.outerHTML.slice(0, 200)).join('\\n')"""));
    }

    private long number(String script) {
        return ((Number) ((JavascriptExecutor) driver).executeScript(script)).longValue();
    }

    /** Moves a slider to its beginning. */
    void slideBack(String field) {
        driver.findElement(By.cssSelector("input[type=range][name='" + field + "']"))
                .sendKeys(Keys.HOME);
    }

    void type(String field, String text) {
        By input = By.cssSelector("[name='" + field + "']");
        until("typing into " + field, () -> {
            for (WebElement found : driver.findElements(input)) {
                if (found.isDisplayed()) {
                    found.clear();
                    found.sendKeys(text);
                    return true;
                }
            }
            return false;
        });
    }

    /** Opens the disclosure with this label, once it is there; the first of several. */
    void unfold(String label) {
        click(By.xpath("//summary[normalize-space(.)='" + label + "']"));
    }

    /** Presses the button with this label in the disclosure that is open. */
    void press(String label) {
        click(By.xpath("//button[normalize-space(.)='" + label + "']"));
    }

    /** A page may be brought up to date between finding something and clicking it. */
    private void click(By what) {
        until("a click on " + what, () -> {
            for (WebElement found : driver.findElements(what)) {
                if (found.isDisplayed()) {
                    found.click();
                    return true;
                }
            }
            return false;
        });
    }

    /** Waits until the page says something by itself. */
    void await(String text) {
        until(text, () -> text().contains(text));
    }

    void awaitWithout(String text) {
        until("without " + text, () -> !text().contains(text));
    }

    private void until(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": " + address() + "\n" + text(), e);
        }
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Goes to what has this text by the tabulator alone, and answers whether it got there. */
    boolean tabTo(String text) {
        for (int i = 0; i < TABS; i++) {
            if (driver.switchTo().activeElement().getText().startsWith(text)) {
                return true;
            }
            keys(Keys.TAB);
        }
        return false;
    }

    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** What went wrong in the page: scripts that failed, what was refused to them, what could not be fetched. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Draws the page, or the upper part of a long one. */
    void draw(Path file, int width) throws IOException {
        width(width);
        long height = number("return document.documentElement.scrollHeight");
        size(width, (int) Math.min(height, LONGEST));
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        width(width);
    }

    @Override
    public void close() {
        driver.quit();
    }
}

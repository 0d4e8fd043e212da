package io.flinkyarn.autoscaler.flink;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says who answers in the place of Flink, and what to do about it. On the way to a JobManager stand web proxies, login filters and firewalls;
 * what they send is HTML, with any status, and looks like success to whoever only reads the status.
 */
final class ForeignPage {

    private static final Pattern TITLE =
            Pattern.compile("<title>\\s*(.*?)\\s*</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern APPLICATION_PAGE = Pattern.compile("/cluster/app/(application_\\d+_\\d+)");
    private static final int SHOWN = 120;

    private final Answer answer;
    private final String page;

    private ForeignPage(Answer answer) {
        this.answer = answer;
        this.page = answer.body().toLowerCase(Locale.ROOT);
    }

    /** One line about an answer that is not JSON. */
    static String describe(Answer answer) {
        return new ForeignPage(answer).describe();
    }

    private String describe() {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            return redirect();
        }
        if (status == 401) {
            return unauthorized();
        }
        if (page.contains("may not be safe") || page.contains("application master web interface owned by")) {
            return "the web proxy of YARN warns that the application belongs to another user. Configure login.principal and"
                    + " login.keytab of the cluster: with a login of its own the daemon confirms that it knows";
        }
        if (page.contains("https must be used")) {
            return "the web proxy of YARN refuses an application without HTTPS (yarn.resourcemanager.application-https.policy is"
                    + " STRICT). Set security.ssl.rest.enabled of Flink, or the policy of the cluster to LENIENT";
        }
        if (status == 403) {
            return "access is forbidden (403). Allow the daemon's user to view the application: VIEW_APP in YARN (yarn.view.acls of"
                    + " Flink, or yarn.admin.acl of the cluster), or the gateway's own rules";
        }
        if (page.contains("could not be found in rm or history server")) {
            return "the ResourceManager does not know the application. It has ended, or the address belongs to another cluster";
        }
        if (status == 405 || status == 501) {
            return "the proxy does not pass this method on (" + status
                    + "). Rescaling needs the PUT of Hadoop 2.10, 3.1 or later;" + " or reach the JobManager directly";
        }
        if (page.contains("type=\"password\"") || page.contains("type='password'")) {
            return "a login page" + titled() + ". Give the daemon an address that does not ask a person to log in";
        }
        if (page.contains("standby rm")) {
            return "a standby ResourceManager. Use the address of the active one, or name both";
        }
        if (page.contains("apache flink web dashboard")) {
            return "the page of Flink's web interface, not its REST API. Check the path of the address";
        }
        return "not JSON but " + kind() + titled() + " with status " + status
                + ". Check that host, port and path are those of Flink's REST API";
    }

    private String redirect() {
        String target = answer.header("location");
        Matcher application = APPLICATION_PAGE.matcher(target);
        if (application.find()) {
            return "a redirect to the ResourceManager's page of " + application.group(1)
                    + ". Its JobManager is not there: not started yet, between two attempts, or ended. It is asked again in the next cycle";
        }
        String lowerCase = target.toLowerCase(Locale.ROOT);
        if (lowerCase.contains("login") || lowerCase.contains("sso") || lowerCase.contains("auth")) {
            return "a redirect to the login page " + cut(target)
                    + ". Give the daemon an address that does not ask a person to log in";
        }
        if (page.contains("standby rm")) {
            return "a standby ResourceManager, which redirects to " + cut(target)
                    + ". Use the active one, or name both";
        }
        return "a redirect (" + answer.status() + ") to " + (target.isEmpty() ? "nowhere" : cut(target))
                + ". Redirects are not followed: configure the address behind it";
    }

    private String unauthorized() {
        String scheme = answer.header("www-authenticate");
        if (scheme.toLowerCase(Locale.ROOT).startsWith("negotiate")) {
            return "Kerberos is asked for (401 Negotiate). Configure login.principal and login.keytab of the cluster; if they are set,"
                    + " check that the host name in the address is the one of the HTTP service principal";
        }
        return "a login is asked for (401" + (scheme.isEmpty() ? "" : ", " + cut(scheme))
                + "). Give the daemon a login for it, or an address that needs none";
    }

    private String kind() {
        String type = answer.header("content-type");
        if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            return "an HTML page";
        }
        return type.isEmpty() ? "an answer without a content type" : cut(type);
    }

    private String titled() {
        Matcher title = TITLE.matcher(answer.body());
        return title.find() ? " titled '" + cut(title.group(1)) + "'" : "";
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}

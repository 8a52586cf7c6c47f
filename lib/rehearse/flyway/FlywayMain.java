import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Takes what the entry point of the official image takes, as far as the rendered Job uses it: settings from FLYWAY_*
 * variables, overridden by -key=value arguments; commands run in the order given; exit status 1 on failure.
 *
 * -skipCheckForUpdate belongs to the command line, which is not part of the core: known here, without effect.
 */
public final class FlywayMain {
  public static void main(String[] args) {
    Map<String, String> overrides = new HashMap<>();
    for (String arg : args) {
      if (arg.startsWith("-") && !arg.equals("-skipCheckForUpdate")) {
        String[] pair = arg.substring(1).split("=", 2);
        overrides.put("flyway." + pair[0], pair.length == 2 ? pair[1] : "true");
      }
    }
    try {
      Flyway flyway = Flyway.configure().envVars().configuration(overrides).load();
      for (String arg : args) {
        if (!arg.startsWith("-")) {
          run(flyway, arg);
        }
      }
    } catch (FlywayException e) {
      System.err.println("ERROR: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Flyway flyway, String command) {
    switch (command) {
      case "migrate" -> System.out.println("migrations executed: " + flyway.migrate().migrationsExecuted);
      case "baseline" -> flyway.baseline();
      case "validate" -> flyway.validate();
      case "repair" -> flyway.repair();
      case "info" -> {
        for (MigrationInfo info : flyway.info().all()) {
          System.out.println(info.getVersion() + "\t" + info.getState() + "\t" + info.getScript());
        }
      }
      default -> throw new FlywayException("unknown command: " + command);
    }
  }
}

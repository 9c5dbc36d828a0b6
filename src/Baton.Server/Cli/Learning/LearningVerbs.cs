using System.CommandLine;
using Baton.Conversations;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Privacy;
using Baton.Server.Cli.Deciding;
using Baton.Storage;

namespace Baton.Server.Cli.Learning;

/// <summary>What the verbs that learn from tickets have in common.</summary>
internal static class LearningVerbs
{
    private const int MostDays = 3_650;

    public static readonly Option<string> Playbook = Places.Playbook();

    public static readonly Option<int> Days = new("--days")
    {
        Description = "Of tickets that changed within so many days; at most the newest 5,000.",
        DefaultValueFactory = _ => LearningRun.Days,
    };

    /// <summary>Runs with the database and the playbook that a command names.</summary>
    public static Task<int> RunAsync(
        ParseResult parsed, Func<LearningRun, int, SuggestionStore, Task<int>> run) => CliError.Guard(async () =>
    {
        var days = parsed.GetValue(Days);
        if (days is < 1 or > MostDays) throw new CliError($"--days {days}: use 1 to {MostDays}");
        var options = DatabaseFile.Options(parsed);
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(parsed.GetValue(Playbook)!, null, options.Path, null, keeps: true));
        var database = services.GetRequiredService<Database>();
        var (store, learned) = (Store(database), new Learned(database));
        return await run(ActivatorUtilities.CreateInstance<LearningRun>(services, store, learned), days, store);
    });

    public static SuggestionStore Store(Database database) =>
        new(database, ConversationsSetup.WithoutValues(new Redactor()));
}

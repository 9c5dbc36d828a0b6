using System.CommandLine;
using System.Globalization;
using Baton.Conversations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Privacy;
using Spectre.Console;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton autonomy list|set</c>.</summary>
internal static class AutonomyCommand
{
    public static Command Command() =>
        new("autonomy", "How freely automation answers, by intent: off, draft (a person sends) or auto.")
        {
            ListVerb(), SetVerb(),
        };

    private static Command ListVerb()
    {
        var playbook = Places.Playbook();
        var command = new Command("list", "Every intent: the playbook's ceiling, and what was set by whom.")
        {
            DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => ListAsync(parsed, Load(parsed.GetValue(playbook)!))));
        return command;
    }

    private static Command SetVerb()
    {
        var playbook = Places.Playbook();
        var intent = new Argument<string>("intent") { Description = "Name of the intent." };
        var rung = new Argument<string>("rung") { Description = "off, draft or auto." };
        var share = new Option<double>("--share")
        {
            Description = "Of its conversations, the share answered without a person, 0 to 1; the rest get a draft.",
            DefaultValueFactory = _ => 1,
        };
        var by = new Option<string>("--by")
        {
            Description = "Who decided it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
        };
        var why = new Option<string>("--why") { Description = "Reason, for the audit log.", Required = true };
        var command = new Command("set", "Set how freely automation answers an intent, from its next turn on.")
        {
            intent, rung, share, by, why, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => SetAsync(
            parsed, Load(parsed.GetValue(playbook)!), parsed.GetValue(intent)!, parsed.GetValue(rung)!,
            parsed.GetValue(share), parsed.GetValue(by)!, parsed.GetValue(why)!, token)));
        return command;
    }

    private static async Task<int> SetAsync(
        ParseResult arguments, Playbook playbook, string name, string word, double share, string by, string why,
        CancellationToken cancellationToken)
    {
        var intent = playbook.FindIntent(name) ?? throw new CliError(
            $"there is no intent '{name}'{Suggestion.Hint(name, [.. playbook.Intents.Select(i => i.Name)])}");
        var rung = EnumWords.Find<AutonomyRung>(word)
            ?? throw new CliError($"'{word}' is no rung: use {string.Join(", ", EnumWords.All<AutonomyRung>())}");
        if (share is not (>= 0 and <= 1))
            throw new CliError($"--share {share.ToString(CultureInfo.InvariantCulture)} is no share: use 0 to 1");
        if (!AutonomyRungs.IsName(by))
            throw new CliError($"--by '{by}' is no name: use letters, such as \"Ann Lee\"; no addresses or numbers");
        await using var database = DatabaseFile.Open(arguments);
        await Rungs(database).SetAsync(name, rung, share, by, why, cancellationToken);
        Console.WriteLine($"{name}: {Text(rung, share)}");
        if (rung > intent.Autonomy)
            Console.WriteLine($"the playbook allows {EnumWords.Of(intent.Autonomy)} at most: that stays in force");
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult arguments, Playbook playbook)
    {
        await using var database = DatabaseFile.Open(arguments);
        var rungs = Rungs(database);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("intent").NoWrap())
            .AddColumns("playbook", "set", "by", "since", "why");
        foreach (var intent in playbook.Intents)
        {
            var given = rungs.Find(intent.Name);
            table.AddRow(
                intent.Name, Text(intent.Autonomy, intent.AutoShare), given is null ? ""
                : Text(given.Rung, given.Share),
                Markup.Escape(TerminalText.Clean(given?.By ?? "")),
                given?.At.ToString("u", CultureInfo.InvariantCulture) ?? "",
                Markup.Escape(TerminalText.Clean(given?.Why ?? "")));
        }
        AnsiConsole.Write(table);
        foreach (var (channel, rung) in playbook.ChannelAutonomy)
            Console.WriteLine($"channel {channel}: {EnumWords.Of(rung)} at most");
        return 0;
    }

    private static string Text(AutonomyRung rung, double share) => EnumWords.Of(rung)
        + (rung == AutonomyRung.Auto && share < 1 ? $" for {share.ToString("0.##", CultureInfo.InvariantCulture)}"
            : "");

    private static AutonomyRungs Rungs(Storage.Database database) =>
        new(database, ConversationsSetup.WithoutValues(new Redactor()));

    private static Playbook Load(string folder) => PlaybookLoader.Load(folder) is LoadedPlaybook.Valid valid
        ? valid.Playbook
        : throw new CliError($"{folder} is no valid playbook: baton playbook check --playbook {folder} says why");
}

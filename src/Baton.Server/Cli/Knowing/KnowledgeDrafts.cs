using System.CommandLine;
using Baton.Knowledge.Importing;

namespace Baton.Server.Cli.Knowing;

/// <summary><c>baton knowledge drafts</c>: what waits.</summary>
internal static class KnowledgeDrafts
{
    public static Command Command()
    {
        var playbook = Places.Playbook();
        var command = new Command("drafts", "List the drafts of articles, and what each would replace.") { playbook };
        command.SetAction((parsed, _) => CliError.Guard(() => Task.FromResult(List(parsed.GetValue(playbook)!))));
        return command;
    }

    private static int List(string playbook)
    {
        var folder = Open(playbook);
        foreach (var (id, draft) in folder.Drafts.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            var active = folder.Active(id);
            var what = active is null ? "new" : ArticleFile.IsEdited(active)
                ? "replaces an article that was edited here"
                : "replaces an article";
            TerminalText.WriteLine($"{id}  \"{draft.Title}\" from {draft.Imported?.Source ?? "here"}, {what}"
                + (ArticleFile.IsEdited(draft) ? ", draft edited here" : ""));
        }
        Console.WriteLine($"{folder.Drafts.Count} drafts");
        return 0;
    }

    /// <exception cref="CliError">It is no folder of a playbook.</exception>
    public static DraftFolder Open(string playbook)
    {
        try
        {
            return DraftFolder.Open(playbook);
        }
        catch (ImportException error)
        {
            throw new CliError(error.Message);
        }
    }
}

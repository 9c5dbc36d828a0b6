using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Knowledge.Importing;
using Baton.Playbooks;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Knowing;

/// <summary>What imports found, for people and machines.</summary>
internal static class ImportView
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object for machines." };

    public static void Print(IReadOnlyList<ImportReport> reports, bool json, bool written)
    {
        if (json) Console.WriteLine(ToJson(reports).ToJsonString(FiguresView.Indented));
        else foreach (var report in reports) Print(report, written);
    }

    public static JsonObject ToJson(IReadOnlyList<ImportReport> reports) => new()
    {
        ["sources"] = new JsonArray([.. reports.Select(r => new JsonObject
        {
            ["source"] = r.Source,
            ["changes"] = new JsonArray(
                [.. r.Changes.Where(c => c.Kind != ChangeKind.Unchanged).Select(c => new JsonObject
            {
                ["change"] = EnumWords.Of(c.Kind), ["article"] = c.ArticleId, ["id"] = c.SourceId, ["title"] = c.Title,
            })]),
            ["unchanged"] = r.Count(ChangeKind.Unchanged),
            ["unreadable"] = new JsonArray([.. r.Unreadable.Select(u => new JsonObject
            {
                ["where"] = u.Where, ["why"] = u.Why,
            })]),
            ["left_out"] = new JsonArray([.. r.LeftOut.Select(u => new JsonObject
            {
                ["where"] = u.Where, ["why"] = u.Why,
            })]),
            ["waiting"] = new JsonArray([.. r.Waiting.Select(w => (JsonNode)w)]),
        })]),
    };

    /// <summary>One line: <c>helpdesk: 3 new, 1 changed, 40 unchanged, 2 unreadable</c>.</summary>
    public static string Line(ImportReport report) => $"{report.Source}: " + string.Join(", ",
        Enum.GetValues<ChangeKind>().Where(k => report.Count(k) > 0 || k == ChangeKind.New)
            .Select(k => $"{report.Count(k)} {EnumWords.Of(k).Replace('_', ' ')}")
            .Append($"{report.LeftOut.Count} left out").Append($"{report.Unreadable.Count} unreadable"));

    private static void Print(ImportReport report, bool written)
    {
        foreach (var change in report.Changes.Where(c => c.Kind != ChangeKind.Unchanged))
            TerminalText.WriteLine(
                $"  {Word(change.Kind),-18} {change.ArticleId}  \"{change.Title}\" ({change.SourceId})"
                + Advice(change));
        foreach (var not in report.LeftOut) TerminalText.WriteLine($"  left out           {not.Where}: {not.Why}");
        foreach (var bad in report.Unreadable)
            TerminalText.WriteErrorLine($"  unreadable         {bad.Where}: {bad.Why}");
        TerminalText.WriteLine(Line(report) + (written ? "" : " (nothing was written)"));
        if (!report.KnowsRemoved)
            Console.WriteLine("what is gone at the source was not looked for, since some of it could not be read");
        if (written && report.Waiting.Count > 0)
            Console.WriteLine($"{report.Waiting.Count} drafts wait in knowledge/drafts; `baton knowledge activate` tries them on the golden tickets");
    }

    private static string Word(ChangeKind kind) => EnumWords.Of(kind).Replace('_', ' ');

    private static string Advice(ImportChange change) => change.Kind switch
    {
        ChangeKind.ChangedAndEdited =>
            $": knowledge/{change.ArticleId}.md was edited here; compare, then activate it by name",
        ChangeKind.DraftEdited =>
            $": knowledge/drafts/{change.ArticleId}.md was edited here and stays; --overwrite replaces it",
        ChangeKind.Removed =>
            $": gone at the source; delete knowledge/{change.ArticleId}.md or its draft where it no longer holds",
        _ => "",
    };
}

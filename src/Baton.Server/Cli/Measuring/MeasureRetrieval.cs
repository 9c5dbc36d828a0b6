using System.CommandLine;
using System.Text.Json;
using Baton.Evaluation.Measurements;
using Baton.Knowledge;

namespace Baton.Server.Cli.Measuring;

/// <summary>
/// <c>baton measure retrieval</c>: documents have <c>id</c> and any of <c>title</c>, <c>question</c>, <c>text</c>,
/// <c>answers</c>, <c>content</c> (each a text or a list of texts); queries have <c>text</c> and <c>relevant</c>.
/// </summary>
internal static class MeasureRetrieval
{
    private static readonly string[] TitleFields = ["title", "question"];
    private static readonly string[] BodyFields = ["text", "content", "answers"];

    public static Command Command()
    {
        var documents = new Option<string[]>("--documents")
        {
            Description = "Documents: id and any of title, question, text, content, answers.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var queries = new Option<string[]>("--queries")
        {
            Description = "Queries: text and relevant (a list of document ids).",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("retrieval", "How well and how fast articles are found.")
        {
            documents, queries, MeasureCommand.Seed, MeasureCommand.Json,
        };
        command.SetAction((result, _) => CliError.Guard(() =>
        {
            var articles = Documents(result.GetRequiredValue(documents));
            var judged = Queries(result.GetRequiredValue(queries), articles);
            var figures = RetrievalMeasurement.Measure(articles, judged, result.GetValue(MeasureCommand.Seed));
            FiguresView.Print(figures, result.GetValue(MeasureCommand.Json));
            return Task.FromResult(0);
        }));
        return command;
    }

    private static List<Article> Documents(string[] files)
    {
        var ids = new HashSet<string>();
        var articles = new List<Article>();
        foreach (var line in JsonLines.Read(files))
        {
            var id = JsonLines.Text(line, "id");
            if (!ids.Add(id)) throw new CliError($"two documents have the id '{id}'");
            articles.Add(new Article
            {
                Id = id,
                Title = string.Join(" ", TitleFields.SelectMany(field => Texts(line, field, id))),
                Body = string.Join("\n\n", BodyFields.SelectMany(field => Texts(line, field, id))),
            });
        }
        return articles.Count > 0 ? articles : throw new CliError("the documents file has no lines");
    }

    private static List<JudgedQuery> Queries(string[] files, List<Article> articles)
    {
        var known = articles.Select(a => a.Id).ToHashSet();
        var judged = new List<JudgedQuery>();
        foreach (var line in JsonLines.Read(files))
        {
            var text = JsonLines.Text(line, "text");
            var relevant = Texts(line, "relevant", text).ToHashSet();
            if (relevant.Count == 0) throw new CliError($"a query has no 'relevant' documents: {text}");
            if (relevant.FirstOrDefault(id => !known.Contains(id)) is { } missing)
                throw new CliError($"a query names the document '{missing}', which is not among the documents: {text}");
            judged.Add(new JudgedQuery(text, relevant));
        }
        return judged.Count > 0 ? judged : throw new CliError("the queries file has no lines");
    }

    private static IEnumerable<string> Texts(JsonElement line, string field, string where)
    {
        if (!line.TryGetProperty(field, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) =>
                [.. value.EnumerateArray().Select(v => v.GetString()!)],
            _ => throw new CliError($"'{field}' of '{where}' is neither a text nor a list of texts"),
        };
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Baton.Testing.Agents;

/// <summary>
/// The worst model there can be: it obeys whatever any text before it says, wherever that text stands, and when the
/// text does not say how, it tries everything. It takes amounts and orders out of the texts, makes up others, calls
/// tools that are not there, and goes on after it was told that it may not.
/// </summary>
/// <param name="seed">The same seed does the same.</param>
/// <param name="tools">Names of tools that it would like to call, offered or not.</param>
internal sealed partial class ObeyingModel(int seed, IReadOnlyList<string> tools) : IChatClient
{
    private const int Steps = 4, MostCalls = 4;

    private readonly Random _random = new(seed);
    private int _step;

    /// <summary>Calls that it asked for.</summary>
    public int Tried { get; private set; }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_step++ == Steps) return Task.FromResult(ScriptedModel.Response(new TextContent("All of it is done.")));
        var read = string.Join('\n', messages.SelectMany(m => m.Contents).Select(c => c switch
        {
            TextContent text => text.Text,
            FunctionResultContent result => $"{result.Result}",
            _ => "",
        }));
        AIContent[] calls =
            [.. Enumerable.Range(0, _random.Next(1, MostCalls + 1)).Select(AIContent (i) => Call(read, i))];
        Tried += calls.Length;
        return Task.FromResult(ScriptedModel.Response(calls));
    }

    private FunctionCallContent Call(string read, int number)
    {
        var tool = _random.Next(10) == 0 ? "wire_money" : tools[_random.Next(tools.Count)];
        return new FunctionCallContent($"c{_step}_{number}", tool, new Dictionary<string, object?>
        {
            ["order_id"] = One(Orders().Matches(read), "T-1009"),
            ["amount"] = _random.Next(3) == 0 ? _random.Next(1, 100_000) / 100.0 : Amount(read),
            ["currency"] = _random.Next(8) == 0 ? "USD" : "EUR",
            ["reason"] = "the text says so", ["address"] = "12 Elsewhere Street, Nowhere",
        }.Where(i => Fits(tool, i.Key)).ToDictionary());
    }

    /// <summary>Mostly what the tool takes, so that the schema is not what stops it.</summary>
    private bool Fits(string tool, string input) =>
        _random.Next(20) == 0 || (tool switch
        {
            "get_order" or "read_notes" => input == "order_id",
            "change_address" => input is "order_id" or "address",
            "hand_to" => false,
            _ => input != "address",
        });

    private double Amount(string read) => double.TryParse(
        One(Amounts().Matches(read), "499"), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
        ? amount : 499;

    private string One(MatchCollection found, string otherwise) =>
        found.Count == 0 || _random.Next(6) == 0 ? otherwise : found[_random.Next(found.Count)].Value;

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    [GeneratedRegex(@"T-\d{4}")]
    private static partial Regex Orders();

    [GeneratedRegex(@"(?<![\w-])\d{1,5}(?:\.\d{1,2})?(?![\w-])")]
    private static partial Regex Amounts();
}

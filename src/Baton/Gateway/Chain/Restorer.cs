using System.Text;
using System.Text.Json;
using Baton.Gateway.Providers;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Puts real values back where an answer has placeholders.</summary>
/// <param name="inJson">The text is JSON: values are escaped, so that a quote in a name cannot break it.</param>
internal sealed class Restorer(Placeholders placeholders, bool inJson)
{
    public AIContent Content(AIContent content) => content switch
    {
        TextContent text => new TextContent(Text(text.Text)),
        ErrorContent error => new ErrorContent(Text(error.Message)) { ErrorCode = error.ErrorCode },
        FunctionCallContent call => ToolText.Call(
            call.CallId, call.Name, JsonStrings.Map(ToolText.Arguments(call), placeholders.Restore)),
        _ => content,
    };

    public string Text(string text)
    {
        if (!inJson) return placeholders.Restore(text);
        var result = new StringBuilder(text.Length);
        var copied = 0;
        for (var open = text.IndexOf('['); open >= 0; open = text.IndexOf('[', open + 1))
        {
            var length = Placeholders.LengthAt(text, open);
            if (length == 0) continue;
            var value = placeholders.Restore(text.Substring(open, length));
            result.Append(text, copied, open - copied).Append(JsonEncodedText.Encode(value));
            copied = open + length;
        }
        return result.Append(text, copied, text.Length - copied).ToString();
    }
}

/// <summary>
/// The same for a stream, where a placeholder may be split over pieces: text from the last bracket on waits until it
/// is clear what it becomes.
/// </summary>
internal sealed class StreamRestorer(Restorer restorer)
{
    /// <summary>No placeholder is longer, so a bracket this far back begins none.</summary>
    private const int LongestPlaceholder = 40;

    private readonly StringBuilder _held = new();

    /// <summary>Restores an update in place.</summary>
    public void Apply(ChatResponseUpdate update)
    {
        var contents = new List<AIContent>();
        foreach (var content in update.Contents)
        {
            if (content is TextContent text)
            {
                if (Take(text.Text) is { Length: > 0 } ready) contents.Add(new TextContent(ready));
                continue;
            }
            if (content is FunctionCallContent) Release(contents);
            contents.Add(restorer.Content(content));
        }
        if (update.FinishReason is not null) Release(contents);
        update.Contents = contents;
    }

    /// <summary>What is still held at the end, or null.</summary>
    public ChatResponseUpdate? Rest()
    {
        var contents = new List<AIContent>();
        Release(contents);
        return contents.Count == 0 ? null : new ChatResponseUpdate(ChatRole.Assistant, contents);
    }

    private string Take(string text)
    {
        _held.Append(text);
        var all = _held.ToString();
        var open = all.LastIndexOf('[');
        var waits = open >= 0 && all.IndexOf(']', open) < 0 && all.Length - open < LongestPlaceholder;
        var ready = waits ? all[..open] : all;
        _held.Remove(0, ready.Length);
        return restorer.Text(ready);
    }

    private void Release(List<AIContent> contents)
    {
        if (_held.Length == 0) return;
        contents.Insert(0, new TextContent(restorer.Text(_held.ToString())));
        _held.Clear();
    }
}

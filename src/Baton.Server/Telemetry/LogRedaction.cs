using Baton.Privacy;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Baton.Server.Telemetry;

/// <summary>
/// Takes personal data out of what is logged, and the message out of an exception: it may quote whatever was read.
/// What is left of an exception is its kind and where it happened.
/// </summary>
internal sealed class LogRedaction(Redactor redactor) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message) data.FormattedMessage = Clean(message);
        if (data.Body is { } body) data.Body = Clean(body);
        List<KeyValuePair<string, object?>> attributes = [.. (data.Attributes ?? []).Select(Clean)];
        if (data.Exception is { } error)
        {
            attributes.Add(new("exception.type", error.GetType().FullName));
            attributes.Add(new("exception.stacktrace", error.StackTrace));
            data.Exception = null;
        }
        data.Attributes = attributes;
    }

    private KeyValuePair<string, object?> Clean(KeyValuePair<string, object?> attribute) =>
        // Numbers hold no words; everything else is exported as its text.
        attribute is { Key: "{OriginalFormat}" } or { Value: null or int or long or double or bool }
            ? attribute
            : new(attribute.Key, Clean(attribute.Value.ToString() ?? ""));

    private string Clean(string text) => redactor.Redact(text, new Placeholders()).Text;
}

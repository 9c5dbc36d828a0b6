using System.ComponentModel.DataAnnotations;

namespace Baton.Channels.Voice;

/// <summary>
/// Calls: <c>BATON__Channels__Voice__…</c>. The account is that of <c>BATON__Channels__Twilio__…</c>.
/// </summary>
public sealed record VoiceOptions : IValidatableObject
{
    /// <summary>What a caller hears first. Default none: calls are not taken.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>Language of speech in and out, as Twilio names it. Default en-US.</summary>
    public string Language { get; init; } = "en-US";

    /// <summary>Said after an answer. Default: a question whether there is more.</summary>
    public string More { get; init; } = "Is there anything else?";

    /// <summary>Said when nothing was understood.</summary>
    public string Again { get; init; } = "Sorry, I did not hear that. Please say it again.";

    /// <summary>Said while people are called.</summary>
    public string Connecting { get; init; } = "I am connecting you.";

    /// <summary>Said at the end.</summary>
    public string Goodbye { get; init; } = "Goodbye.";

    /// <summary>
    /// Number of the team, <c>+…</c>, that is called when a ticket goes to a person while its queue is staffed.
    /// Default none: the caller hears the promise, and the ticket waits with the number.
    /// </summary>
    public string DialTo { get; init; } = "";

    /// <summary>
    /// Secret that Vapi sends as bearer to its custom model, and as X-Vapi-Secret. Default none: closed.
    /// </summary>
    public string VapiSecret { get; init; } = "";

    /// <summary>How long a caller waits for an answer before a person is asked. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DialTo.Length > 0 && !(DialTo.StartsWith('+') && DialTo[1..].All(char.IsAsciiDigit)))
            yield return new ValidationResult(
                $"'{DialTo}' is no number: use one such as +15005550006", [nameof(DialTo)]);
        if (VapiSecret.Length is > 0 and < 24)
            yield return new ValidationResult("is too short: use at least 24 characters", [nameof(VapiSecret)]);
    }

    /// <summary>Without the secret: options end up in logs.</summary>
    public override string ToString() => $"{nameof(VoiceOptions)} {{ Language = {Language}, DialTo = {DialTo} }}";
}

using System.Xml.Linq;

namespace Baton.Channels.Voice;

/// <summary>What Twilio is told to do with a call: TwiML (twilio.com/docs/voice/twiml).</summary>
internal static class VoiceMarkup
{
    private const string Steps = "/channels/voice/";

    /// <summary>Says something and listens; what was said goes to <c>said</c>, silence too.</summary>
    public static string Listen(VoiceOptions options, string text, int turn, int silences) => Write(
        new XElement("Gather",
            new XAttribute("input", "speech"), new XAttribute("action", $"{Steps}said?turn={turn}&silences={silences}"),
            new XAttribute("method", "POST"), new XAttribute("language", options.Language),
            // "auto" goes with named models only, and the usual one has changed before.
            new XAttribute("speechModel", "phone_call"), new XAttribute("speechTimeout", "auto"),
            new XAttribute("actionOnEmptyResult", "true"), Say(options, text)));

    /// <summary>Comes back for the answer: one request may take 15 seconds at most.</summary>
    public static string Wait(int turn, int tries) => Write(
        new XElement("Pause", new XAttribute("length", "1")), Redirect($"wait?turn={turn}&tries={tries}"));

    public static string End(VoiceOptions options, params string[] texts) => Write(
        [.. texts.Where(t => t.Length > 0).Select(t => Say(options, t)), new XElement("Hangup")]);

    /// <summary>Calls the team; how that went is told to <c>dialed</c>.</summary>
    public static string Dial(VoiceOptions options, string text) => Write(
        Say(options, text), new XElement("Dial", new XAttribute("action", Steps + "dialed"),
            new XAttribute("method", "POST"), new XAttribute("answerOnBridge", "true"), new XAttribute("timeout", "25"),
            new XElement("Number", options.DialTo)));

    private static XElement Say(VoiceOptions options, string text) =>
        new("Say", new XAttribute("language", options.Language), Spoken(text));

    private static XElement Redirect(string step) => new("Redirect", new XAttribute("method", "POST"), Steps + step);

    /// <summary>No characters that XML cannot hold, and no addresses that nobody can hear.</summary>
    internal static string Spoken(string text) =>
        string.Join(' ', string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Where(w => !w.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            && !w.StartsWith("https://", StringComparison.OrdinalIgnoreCase))).Trim();

    private static string Write(params XElement[] verbs) =>
        new XElement("Response", verbs).ToString(SaveOptions.DisableFormatting);
}

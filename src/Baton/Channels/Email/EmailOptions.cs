using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Baton.Channels.Webhook;

namespace Baton.Channels.Email;

/// <summary>How a connection to a mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>From the first byte: ports 993 and 465.</summary>
    Tls,

    /// <summary>After a plain greeting; a server that does not offer it is refused: ports 143 and 587.</summary>
    StartTls,

    /// <summary>Not at all: for a server on this machine or behind a tunnel.</summary>
    None,
}

/// <summary>Mail, in and out: <c>BATON__Channels__Email__…</c>.</summary>
public sealed record EmailOptions : IValidatableObject
{
    private const int ShortestKey = 24;

    /// <summary>The address that customers write to and get answers from, such as <c>help@example.com</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>Name beside the address. Default none.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Further addresses of our own, separated by commas or spaces: mail from them is never answered.
    /// </summary>
    public string OwnAddresses { get; init; } = "";

    /// <summary>
    /// Signs what an answer is recognised by (tags in addresses, message ids). At least 24 characters; several,
    /// separated by spaces, while it is changed: the first one signs.
    /// </summary>
    public string Keys { get; init; } = "";

    /// <summary>
    /// Whether answers ask to be answered at <c>help+TAG@example.com</c>. The mail server must deliver that to
    /// <see cref="Address"/>. Default yes; without, the message ids of the mail are all there is.
    /// </summary>
    public bool TaggedAddress { get; init; } = true;

    /// <summary>Server to fetch mail from. Default none: mail is not fetched.</summary>
    public string ImapHost { get; init; } = "";

    [Range(1, 65_535)]
    public int ImapPort { get; init; } = 993;

    public MailSecurity ImapSecurity { get; init; } = MailSecurity.Tls;

    public string ImapUser { get; init; } = "";

    public string ImapPassword { get; init; } = "";

    /// <summary>Folder that is read. Default INBOX.</summary>
    public string ImapFolder { get; init; } = "INBOX";

    /// <summary>How often a server is asked that does not tell by itself (IDLE). Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Server that takes mail. Default none: nothing is sent.</summary>
    public string SmtpHost { get; init; } = "";

    [Range(1, 65_535)]
    public int SmtpPort { get; init; } = 587;

    public MailSecurity SmtpSecurity { get; init; } = MailSecurity.StartTls;

    /// <summary>Empty: without log-in.</summary>
    public string SmtpUser { get; init; } = "";

    public string SmtpPassword { get; init; } = "";

    /// <summary>How long one attempt may take. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// SHA-256 of the certificate of a server that nobody vouches for, in hex: it is believed besides those that
    /// somebody does. Default none.
    /// </summary>
    public string Certificate { get; init; } = "";

    /// <summary>
    /// File of certificates (PEM) of authorities that are believed besides those of the system, such as your own.
    /// Default none.
    /// </summary>
    public string Authority { get; init; } = "";

    /// <summary>
    /// Secrets of Standard Webhooks for mail that is handed in at <c>POST /channels/email</c>. Default none.
    /// </summary>
    public string Secrets { get; init; } = "";

    /// <summary>
    /// How old a mail that is handed in may be since it was signed, and how far clocks may differ. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Name by which our own mail server signs <c>Authentication-Results</c> (its first word). Only those are believed;
    /// default none.
    /// </summary>
    public string AuthenticationServer { get; init; } = "";

    /// <summary>Who gets messages for the team, separated by commas or spaces. Default none.</summary>
    public string NoticesTo { get; init; } = "";

    /// <summary>Largest mail in bytes that is read; of a larger one its head is. Default 30 MiB.</summary>
    [Range(10_000, 64 * 1024 * 1024)]
    public int LargestMail { get; init; } = 30 * 1024 * 1024;

    internal IReadOnlyList<string> KeyList => Split(Keys);

    internal IReadOnlyList<string> SecretList => Split(Secrets);

    internal IReadOnlyList<string> NoticeList => Split(NoticesTo);

    internal IReadOnlyList<string> OwnList => [Address, .. Split(OwnAddresses)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, address) in Split(NoticesTo).Select(a => (nameof(NoticesTo), a))
            .Concat(Split(OwnAddresses).Select(a => (nameof(OwnAddresses), a)))
            .Concat(Address.Length == 0 ? [] : [(nameof(Address), Address)]))
            if (!MailAddress.TryCreate(address, out var read) || read.Address != address)
                yield return new ValidationResult(
                    $"'{address}' is no address: use one such as help@example.com", [name]);
        foreach (var key in KeyList)
            if (key.Length < ShortestKey)
                yield return new ValidationResult(
                    $"has one of {key.Length} characters, use at least {ShortestKey}, as from `openssl rand -hex 32`",
                    [nameof(Keys)]);
        if (SecretList.Any(s => !WebhookSignature.IsSecret(s)))
            yield return new ValidationResult(
                "has one that is none: use whsec_ and 24 to 64 random bytes in base64, as from "
                + "`echo whsec_$(openssl rand -base64 32)`", [nameof(Secrets)]);
        if (Certificate.Length > 0 && (Certificate.Length != 64 || !Certificate.All(char.IsAsciiHexDigit)))
            yield return new ValidationResult("is no SHA-256: use 64 hex digits", [nameof(Certificate)]);
        if (Authority.Length > 0 && !File.Exists(Authority))
            yield return new ValidationResult($"is '{Authority}', and there is no such file", [nameof(Authority)]);
    }

    /// <summary>Without the passwords: options end up in logs.</summary>
    public override string ToString() =>
        $"{nameof(EmailOptions)} {{ Address = {Address}, Imap = {ImapHost}:{ImapPort}, Smtp = {SmtpHost}:{SmtpPort} }}";

    private static string[] Split(string text) =>
        text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

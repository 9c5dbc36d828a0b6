using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baton.Channels.Email;

/// <summary>Whose certificates are believed: the system's authorities, those of a file, one that is named.</summary>
internal sealed class MailTrust(EmailOptions options)
{
    private const string Group = "BATON__Channels__Email__";

    /// <summary>
    /// What is wrong with the certificate of a server, and what to do about it; null when it is believed.
    /// </summary>
    public string? Problem(
        string host, X509Certificate2? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return null;
        if (certificate is null) return "it shows no certificate";
        var hash = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (options.Certificate.Equals(hash, StringComparison.OrdinalIgnoreCase)) return null;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"its certificate is for {Names(certificate)}, and not for {host}: use the name that it is for";
        var vouched = IsVouched(certificate, shown, out var ended);
        return vouched ? null
            : ended ? $"its certificate was over on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}: it needs a new one"
            : $"nobody here vouches for its certificate (SHA-256 {hash}): set {Group}Authority to a file with its "
                + $"authority's certificate, or {Group}Certificate to that hash";
    }

    private bool IsVouched(X509Certificate2 certificate, X509Chain? shown, out bool ended)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // What the server has sent stands between its certificate and the authority.
        foreach (var element in (IEnumerable<X509ChainElement>?)shown?.ChainElements ?? [])
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (options.Authority.Length > 0)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(options.Authority);
        }
        var vouched = chain.Build(certificate);
        ended = chain.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.NotTimeValid));
        return vouched;
    }

    private static string Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
        && names.EnumerateDnsNames().Take(5).ToList() is { Count: > 0 } all
            ? string.Join(", ", all) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
}

using Agency.Bench;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// What is measured on a disk, over seconds, has a harness of its own: `stores`, or `stores <directory>`.
if (args is ["stores", ..])
{
    await EventStoreBench.Run(args.ElementAtOrDefault(1) ?? Path.GetTempPath());
    return;
}

// So has what runs a silo: `portfolio`, or `portfolio <directory> <projects>`.
if (args is ["portfolio", ..])
{
    await PortfolioBench.Run(args.ElementAtOrDefault(1) ?? Path.GetTempPath(), int.Parse(args.ElementAtOrDefault(2) ?? "100000", null));
    return;
}

// `sweep`, or `sweep <directory> <projects>`.
if (args is ["sweep", ..])
{
    await SweepBench.Run(args.ElementAtOrDefault(1) ?? Path.GetTempPath(), int.Parse(args.ElementAtOrDefault(2) ?? "100000", null));
    return;
}

// A benchmark by its name, `calendar`; or BenchmarkDotNet's own options.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .WithArtifactsPath(Path.Combine("artifacts", "bench"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args is [var name] && !name.StartsWith('-') ? ["--filter", $"*.{name}Bench.*"] : args, config);

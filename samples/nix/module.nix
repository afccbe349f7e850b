# Every local build of the machine is written down by Nix's post-build hook, and checked soon after by a service of its own.
# Reports of closures that leak are in `spool`/leaking.
{ package }:

{ config, lib, pkgs, ... }:

let
  settings = config.services.closurescan;
  script = file: pkgs.runCommand (baseNameOf file) { } "cp ${file} $out; chmod +x $out; patchShebangs $out";
in
{
  options.services.closurescan = {
    enable = lib.mkEnableOption "a check of every closure that is built on this machine";

    package = lib.mkOption {
      type = lib.types.package;
      default = package pkgs;
      description = "The closurescan that checks.";
    };

    spool = lib.mkOption {
      type = lib.types.str;
      default = "/var/spool/closurescan";
      description = "Where builds wait for their check, and where the reports lie.";
    };

    interval = lib.mkOption {
      type = lib.types.str;
      default = "*:0/5";
      description = "When what was built is checked, as systemd.time(7) writes it.";
    };
  };

  config = lib.mkIf settings.enable {
    # The hook runs as root with nothing of the daemon's environment, so it is told where to write.
    nix.settings.post-build-hook = pkgs.writeShellScript "closurescan-post-build-hook" ''
      export PATH=${lib.makeBinPath [ pkgs.coreutils ]} CLOSURESCAN_SPOOL=${settings.spool}
      exec ${script ../gate/post-build-hook.sh}
    '';

    systemd.services.closurescan = {
      description = "Check of what was built";
      path = [ settings.package pkgs.coreutils pkgs.findutils pkgs.gnugrep ];
      environment.CLOSURESCAN_SPOOL = settings.spool;
      serviceConfig = {
        Type = "oneshot";
        ExecStart = "${script ../gate/scan-spool.sh}";
        Nice = 19;
        ProtectSystem = "strict";
        ReadWritePaths = [ settings.spool ];
        PrivateNetwork = true;
      };
    };

    systemd.tmpfiles.rules = [ "d ${settings.spool} 0755 root root -" ];

    systemd.timers.closurescan = {
      wantedBy = [ "timers.target" ];
      timerConfig.OnCalendar = settings.interval;
    };
  };
}
